package io.github.cdimessages.internal.cdi;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Messages;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.ChannelName;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.revocation.Revocations;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What applications call: checks the arguments, finds the session, and passes on. */
class SessionMessages implements Messages {
    private final MessageBus bus;
    private final Revocations revocations;
    private final Function<String, BusSession> sessions;

    /** Listens in the session that a channel's listener belongs to at the time of the call. */
    SessionMessages(MessageBus bus, Revocations revocations, Function<String, BusSession> sessions) {
        this.bus = bus;
        this.revocations = revocations;
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<PostResult> postMessage(String channel, Object message) {
        return bus.post(channel, message, Reach.LOCAL);
    }

    @Override
    public CompletionStage<PostResult> postMessage(String channel, Object message, Reach reach) {
        return bus.post(channel, message, reach);
    }

    @Override
    public <T> Subscription addListener(String channel, Class<T> type, ChannelListener<? super T> listener) {
        bus.declare(type);
        return add(channel, type, listener);
    }

    @Override
    public Subscription addListener(String channel, ChannelListener<? super ChannelEvent> listener) {
        return add(channel, ChannelEvent.class, listener);
    }

    @Override
    public boolean removeListener(String channel, ChannelListener<?> listener) {
        requireNonNull(listener, "listener");
        return sessions.apply(ChannelName.check(channel)).remove(channel, listener);
    }

    @Override
    public <T> MessageStream<T> createStream(String channel, Class<T> type) {
        bus.declare(type);
        return sessions.apply(ChannelName.check(channel)).stream(channel, type);
    }

    @Override
    public <T> MessageStream<T> createStream(String channel, Class<T> type, int capacity, OverflowPolicy overflow) {
        requireNonNull(overflow, "overflow");
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "channel '" + channel + "': a stream can't hold " + capacity + " messages; give at least 1");
        }
        bus.declare(type);
        return sessions.apply(ChannelName.check(channel)).stream(channel, type, capacity, overflow);
    }

    @Override
    public CompletionStage<PostResult> revokeAuthentication(String userIdentifier, Revocation revocation) {
        return revocations.revoke(userIdentifier, revocation);
    }

    @SuppressWarnings("unchecked") // the bus gives a listener nothing but objects of the type it was added with
    private Subscription add(String channel, Class<?> type, ChannelListener<?> listener) {
        requireNonNull(listener, "listener");
        return sessions.apply(ChannelName.check(channel)).add(channel, type, (ChannelListener<Object>) listener);
    }
}
