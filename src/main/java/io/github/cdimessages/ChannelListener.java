package io.github.cdimessages;

/**
 * Hears the messages of a channel.
 *
 * <pre>{@code
 * messages.addListener("orders", Order.class, order -> session.getBasicRemote().sendText(order.toString()));
 * }</pre>
 *
 * <p>Thread rule: called on a managed thread, by one thread at a time for all listeners of a session, and never while a
 * callback of the same WebSocket session runs. A request context is active.
 *
 * @param <T> the type of message
 */
@FunctionalInterface
public interface ChannelListener<T> {

    /**
     * Called once for each message.
     *
     * @param message the message; other listeners on this server may get the same object
     * @throws Exception is logged and counted; it hurts no other listener, and this one gets the next message
     */
    void onMessage(T message) throws Exception;
}
