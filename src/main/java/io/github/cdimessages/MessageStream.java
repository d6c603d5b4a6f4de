package io.github.cdimessages;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * The messages of a channel for one consumer, which takes them at its own pace.
 *
 * <pre>{@code
 * try (MessageStream<Order> orders = messages.createStream("orders", Order.class)) {
 *     messages.postMessage("requests", new OrdersPlease());
 *     Optional<Order> first = orders.next(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>A stream hears its channel from the moment it was created, and keeps up to a bound what its consumer has not
 * taken; beyond it the {@link OverflowPolicy} applies. It is a {@link Flow.Publisher} by the rules of Reactive Streams.
 *
 * <p>It has one consumer: whoever calls {@link #next}, until somebody subscribes; then the subscriber alone, and
 * {@code next} throws. A second subscriber gets {@code onError} with an {@link IllegalStateException}.
 *
 * <p>It ends by {@link #close}, with its session, or when its subscriber cancels. What was buffered before a close or
 * the session's end can still be taken: {@code next} gives it before it gives nothing, and a subscriber gets it, as it
 * asks for it, before {@code onComplete}. Cancelling forgets it. A stream whose {@link OverflowPolicy#CLOSE_SESSION}
 * applied forgets it too, and ends with {@code onError}, so that nobody takes it for complete.
 *
 * <p>A message of another type than asked for, or one that can't be read, is left out, counted, and announced as a
 * {@link DeliveryFailure}, the former once for each channel and type; it ends nothing. A subscriber that throws is
 * announced too, and its stream is closed.
 *
 * <p>Thread rule: safe from any thread; no method but {@link #next} waits. A subscriber is called on a managed thread,
 * never concurrently with another listener or subscriber of the session, and never while a callback of the same
 * WebSocket session runs. A request context is active.
 *
 * @param <T> the type of message; {@link ChannelEvent} for the envelopes
 * @see Messages#createStream(String, Class)
 */
public interface MessageStream<T> extends Flow.Publisher<T>, AutoCloseable {

    /**
     * Takes the next message, and waits for it if need be. Several threads may wait; each message goes to one of them.
     * It may be called in a listener or a callback: the stream is filled meanwhile.
     *
     * @param atMost how long to wait; zero or less not to wait
     * @return the message; empty when none came in time, or when the stream is closed and nothing is left in it
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IllegalStateException if the stream has a subscriber
     */
    Optional<T> next(Duration atMost) throws InterruptedException;

    /**
     * Calls an action with each message, one after the other, until the stream ends. It subscribes to the stream.
     *
     * <pre>{@code
     * messages.createStream("orders", Order.class)
     *         .forEach(order -> session.getBasicRemote().sendText(order.toString()));
     * }</pre>
     *
     * @param action what is called; if it throws, that is announced as a {@link DeliveryFailure} and the stream is
     *     closed
     * @return a stage that is done when the stream has ended and all was taken; it fails with what the action has
     *     thrown, or with an {@link IllegalStateException} if the stream has a subscriber already
     */
    CompletionStage<Void> forEach(ChannelListener<? super T> action);

    /**
     * Calls an action with each message, and with the next one when the stage that it gave is done: a slow receiver
     * holds up neither a thread nor anybody else. It subscribes to the stream.
     *
     * <pre>{@code
     * messages.createStream("orders", Order.class)
     *         .forEachAsync(order -> sink.send(sse.newEvent(order.toString())))
     *         .whenComplete((done, problem) -> sink.close());
     * }</pre>
     *
     * @param action what is called; if it throws, or its stage fails, that is announced as a {@link DeliveryFailure}
     *     and the stream is closed
     * @return a stage that is done when the stream has ended and all was taken; it fails as the action has, or with an
     *     {@link IllegalStateException} if the stream has a subscriber already
     */
    CompletionStage<Void> forEachAsync(Function<? super T, ? extends CompletionStage<?>> action);

    /**
     * Tells when messages of every reach arrive here; see {@link Subscription#ready()}.
     *
     * @return a stage that is done when Redis has confirmed the channel, at once where Redis is not enabled; it fails
     *     with a {@link MessagesException} if the stream is closed before
     */
    CompletionStage<Void> ready();

    /**
     * Tells whether the stream takes no more messages; some may be left in it.
     *
     * @return true once it was closed or cancelled, or its session has ended
     */
    boolean isClosed();

    /** Takes no more messages, and leaves the channel. What is left in it can still be taken. Idempotent. */
    @Override
    void close();
}
