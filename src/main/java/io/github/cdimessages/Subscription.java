package io.github.cdimessages;

import java.util.concurrent.CompletionStage;

/**
 * One listener on one channel.
 *
 * <pre>{@code
 * Subscription orders = messages.addListener("orders", Order.class, this::show);
 * orders.close(); // or leave it to the end of the session
 * }</pre>
 *
 * <p>Thread rule: safe from any thread; no method waits.
 */
public interface Subscription extends AutoCloseable {

    /**
     * Tells which channel it listens to.
     *
     * @return the channel's name
     */
    String channel();

    /**
     * Tells whether the listener is still called.
     *
     * @return false once it was closed or its session has ended
     */
    boolean isActive();

    /**
     * Tells when messages of every reach arrive here. A post from this server need not wait for it; a program that
     * tells another server to post does. While Redis is away, it is not done; asked again, it tells how things are
     * then.
     *
     * @return a stage that is done when Redis has confirmed the channel, at once where Redis is not enabled; it fails
     *     with a {@link MessagesException} if the subscription is closed before
     */
    CompletionStage<Void> ready();

    /**
     * Removes the listener; the same as {@link Messages#removeListener}. A call that is under way is not interrupted.
     */
    @Override
    void close();
}
