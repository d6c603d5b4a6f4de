package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessagesException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who is on a channel until it is removed or its session ends: a listener or a stream. */
abstract class Member {
    final BusSession session;
    private final String channel;

    // Mutable state
    /** Where it stands on its channel; guarded by that channel's monitor. */
    int place;
    /** Where it is filed; both written once, under the session's monitor. */
    private @Nullable Channels channels;

    private @Nullable ChannelListeners home;
    /** Written under the session's monitor; read without it before each call. */
    private volatile boolean active = true;
    /** What {@link #ready} gave out; guarded by the session's monitor. */
    private @Nullable Readiness ready;

    Member(BusSession session, String channel) {
        this.session = session;
        this.channel = channel;
    }

    /** Takes a message; called on a poster's thread, which it must not keep waiting. */
    abstract void offer(ChannelEvent event);

    public final String channel() {
        return channel;
    }

    public final boolean isActive() {
        return active;
    }

    public final CompletionStage<Void> ready() {
        Readiness asked = new Readiness();
        CompletionStage<Void> subscribed;
        synchronized (session) {
            if (ready != null && !ready.isDone()) {
                return ready;
            }
            if (!active || channels == null) {
                return CompletableFuture.failedFuture(closed());
            }
            subscribed = channels.ready(channel);
            ready = asked;
        }
        follow(subscribed, asked);
        return asked;
    }

    final void joined(Channels registry, ChannelListeners listeners) {
        channels = registry;
        home = listeners;
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

    private static void follow(CompletionStage<Void> first, CompletableFuture<Void> then) {
        first.whenComplete((done, problem) -> {
            if (problem == null) {
                then.complete(null);
            } else {
                then.completeExceptionally(problem);
            }
        });
    }

    /** One stage for all who ask; who gives up waiting for what he makes of it does so for himself. */
    private static final class Readiness extends CompletableFuture<Void> {
        @Override
        public CompletableFuture<Void> toCompletableFuture() {
            CompletableFuture<Void> own = new CompletableFuture<>();
            follow(this, own);
            return own;
        }
    }
}
