package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One listener of one session on one channel. */
final class Registration implements Subscription {
    private final BusSession session;
    private final String channel;
    private final Class<?> type;
    private final ChannelListener<Object> listener;

    // Mutable state
    /** Where it stands on its channel; guarded by that channel's monitor. */
    int place;
    /** Where it is filed; both written once, under the session's monitor. */
    private @Nullable Channels channels;

    private @Nullable ChannelListeners home;
    /** Written under the session's monitor; read without it before each call. */
    private volatile boolean active = true;
    /** Whether the listener was ever called; written by the worker that has the session's turn, and a hint only. */
    private volatile boolean called;
    /** What {@link #ready} gave out; guarded by the session's monitor. */
    private @Nullable CompletableFuture<Void> ready;

    Registration(BusSession session, String channel, Class<?> type, ChannelListener<Object> listener) {
        this.session = session;
        this.channel = channel;
        this.type = type;
        this.listener = listener;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public CompletionStage<Void> ready() {
        CompletableFuture<Void> asked;
        CompletionStage<Void> subscribed;
        synchronized (session) {
            if (ready != null) {
                return ready;
            }
            asked = new CompletableFuture<>();
            ready = asked;
            subscribed = active && home != null ? home.ready() : CompletableFuture.failedFuture(closed());
        }
        subscribed.whenComplete((done, problem) -> {
            if (problem == null) {
                asked.complete(null);
            } else {
                asked.completeExceptionally(problem);
            }
        });
        return asked;
    }

    @Override
    public void close() {
        session.remove(this);
    }

    boolean isFor(String otherChannel, Class<?> otherType) {
        return type == otherType && channel.equals(otherChannel);
    }

    boolean wasCalled() {
        return called;
    }

    ChannelListener<Object> listener() {
        return listener;
    }

    void joined(Channels registry, ChannelListeners listeners) {
        channels = registry;
        home = listeners;
    }

    void offer(ChannelEvent event) {
        session.offer(this, event);
    }

    /** Calls the listener. Throws what it throws, {@link WrongTypeException} if the message is none of its type. */
    void deliver(ChannelEvent event) throws Exception {
        if (active) {
            called = true;
            listener.onMessage(type == ChannelEvent.class ? event : event.payload(type));
        }
    }

    /** Ends it; the caller holds the session's monitor. Gives what remains to be told once the monitor is free. */
    Runnable end() {
        active = false;
        if (channels != null && home != null) {
            channels.remove(this, home);
        }
        CompletableFuture<Void> waiting = ready;
        return waiting == null ? () -> {} : () -> waiting.completeExceptionally(closed());
    }

    private MessagesException closed() {
        return new MessagesException(
                "channel '" + channel + "': the subscription was closed before Redis confirmed it");
    }
}
