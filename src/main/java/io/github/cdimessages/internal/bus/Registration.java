package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.Subscription;

/** One listener of one session on one channel. */
final class Registration extends Member implements Subscription {
    private final Class<?> type;
    private final ChannelListener<Object> listener;

    // Mutable state
    /** Whether the listener was ever called; written by the worker that has the session's turn, and a hint only. */
    private volatile boolean called;

    Registration(BusSession session, String channel, Class<?> type, ChannelListener<Object> listener) {
        super(session, channel);
        this.type = type;
        this.listener = listener;
    }

    @Override
    public void close() {
        session.remove(this);
    }

    boolean isFor(String otherChannel, Class<?> otherType) {
        return type == otherType && channel().equals(otherChannel);
    }

    boolean wasCalled() {
        return called;
    }

    ChannelListener<Object> listener() {
        return listener;
    }

    @Override
    void offer(ChannelEvent event) {
        session.inbox().offer(this, event);
    }

    /** Calls the listener. Throws what it throws, {@link WrongTypeException} if the message is none of its type. */
    void deliver(ChannelEvent event) throws Exception {
        if (isActive()) {
            called = true;
            listener.onMessage(type == ChannelEvent.class ? event : event.payload(type));
        }
    }
}
