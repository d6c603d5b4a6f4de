package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.TransportLost;
import io.github.cdimessages.TransportRestored;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One server's messages: opens sessions, takes posts, and hands what arrives to the inboxes of those who listen. */
public final class MessageBus implements Transport.Receiver {
    private static final SessionOwner OBSERVERS = new SessionOwner() {
        @Override
        public void closeOverloaded() {} // they last as long as the application
    };

    /** So long the end waits for application code that still runs. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BusParts parts;
    private final Failures failures;
    private final Posting posting;
    private final Channels observers;
    private final Channels listeners;
    private final ChannelListeners everyChannel = new ChannelListeners("");

    // Mutable state: what a thread sets here it also removes
    /** Not static: several containers in one JVM are several servers, and one may call the other. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<BusSession> current = new ThreadLocal<>();
    /** Sessions of observers by channel; a concurrent map that is filled at deployment. */
    private final Map<String, BusSession> observing = new ConcurrentHashMap<>();

    private final BusSession application = open("the application");

    /** Makes a bus; nothing happens before the first post. */
    public MessageBus(BusParts parts) {
        this.parts = parts;
        this.failures = new Failures(parts.announcements(), parts.helpers());
        this.posting = new Posting(parts, failures, this::arrived, this::isHeard);
        Interest interest = parts.transport() == null ? Interest.NONE : Interest.in(parts.transport());
        this.observers = new Channels(interest);
        this.listeners = new Channels(interest.unless(channel -> observers.find(channel) != null));
    }

    /** Opens a session of which only listeners run, with a name for messages to people. */
    public BusSession open(String name) {
        return new BusSession(this, name, Turn.FREE, SessionOwner.NOBODY);
    }

    /** Opens a session whose callbacks and listeners exclude each other. */
    public BusSession openExclusive(String name, SessionOwner owner) {
        return new BusSession(this, name, new Turn.Exclusive(), owner);
    }

    /** The session that lasts as long as this bus. */
    public BusSession application() {
        return application;
    }

    /**
     * The session for which this thread runs application code, or null. An observer runs for none: what it adds belongs
     * to the request around its call, or it would stay until the application ends.
     */
    public @Nullable BusSession current() {
        BusSession running = current.get();
        return running == null || running.owner() == OBSERVERS ? null : running;
    }

    /** Posts a message; see {@link io.github.cdimessages.Messages#postMessage(String, Object, Reach)}. */
    public CompletionStage<PostResult> post(String channel, Object message, Reach reach) {
        BusSession running = observing.isEmpty() ? null : current.get();
        if (running != null && (running == observing.get(channel) || running == observing.get(""))) {
            failures.looping(channel);
        }
        return posting.post(
                ChannelName.check(channel),
                requireNonNull(message, () -> "channel '" + channel + "': the message is null; post an object"),
                requireNonNull(reach, () -> "channel '" + channel + "': the reach is null; give one"));
    }

    /** Makes a class known that listeners ask for, or refuses it. */
    public void declare(Class<?> type) {
        parts.types().declare(requireNonNull(type, "type"));
    }

    /** Lets an observer hear a channel, or every channel if it is null, as long as this bus lives. */
    public void observe(@Nullable String channel, Class<?> type, ChannelListener<Object> observer) {
        String key = channel == null ? "" : ChannelName.check(channel);
        String name = channel == null ? "the observers of every channel" : "the observers of channel '" + channel + "'";
        BusSession session =
                observing.computeIfAbsent(key, missing -> new BusSession(this, name, Turn.FREE, OBSERVERS));
        if (channel != null) {
            session.add(observers, channel, type, observer);
            return;
        }
        Registration registration = new Registration(session, key, type, observer);
        synchronized (everyChannel) {
            everyChannel.add(registration);
        }
    }

    /** Hands a message that was announced to all who wait for it; runs none of their code. */
    public void dispatch(ChannelEvent event) {
        listeners.offer(event);
        observers.offer(event);
        everyChannel.offer(event);
    }

    /** Takes what came from another server, or back from the network; runs no application code. */
    @Override
    public void received(Envelope envelope) {
        posting.received(
                envelope,
                new ChannelEvent(
                        envelope.channel(),
                        envelope.origin(),
                        envelope.sequence(),
                        envelope.postedAtMillis(),
                        Reach.GLOBAL,
                        new RemoteContent(envelope, parts.types(), parts.codec())));
    }

    @Override
    public void malformed(String channel, MessagesException problem) {
        failures.malformed(channel, problem);
    }

    @Override
    public String origin() {
        return parts.origin();
    }

    @Override
    public void cutOff(Predicate<String> channels) {
        posting.fallBack(channels);
    }

    @Override
    public void lost(String cause) {
        posting.fallBack(channel -> true);
        parts.announcements().announce(new TransportLost(Instant.now(), cause));
    }

    @Override
    public void restored(Duration outage) {
        parts.announcements().announce(new TransportRestored(Instant.now(), outage));
    }

    @Override
    public void gap(String channel, String origin, long missed, String cause) {
        failures.missing(new ChannelGap(channel, origin, missed, cause));
    }

    /** The number of an envelope that does not come by {@link #post}. */
    public long nextSequence() {
        return posting.nextSequence();
    }

    /** Takes no posts any more, and ends what listens as long as the application. */
    public void stop() {
        posting.stop();
        application.end();
        observing.values().forEach(BusSession::end);
        parts.workers().awaitQuiet(LAST_WORDS); // streams tell their subscribers of the end
    }

    /** How many listeners a channel has, observers not counted. */
    public int listenerCount(String channel) {
        ChannelListeners found = listeners.find(channel);
        return found == null ? 0 : found.alive();
    }

    /** How many channels have a listener, observers not counted. */
    public int channelCount() {
        return listeners.count();
    }

    /** How many deliveries and posts have failed, mismatches and drops included. */
    public long failureCount() {
        return failures.count();
    }

    /** Runs application code as a session's own. */
    @Nullable
    Object as(BusSession session, Work work) throws Exception {
        BusSession outer = current.get();
        current.set(session);
        try {
            return parts.scope().run(work);
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    private boolean isHeard(String channel) {
        return listeners.find(channel) != null || observers.find(channel) != null;
    }

    Channels listeners() {
        return listeners;
    }

    Workers workers() {
        return parts.workers();
    }

    Failures failures() {
        return failures;
    }

    /** What happens if a session does not keep up. What lasts as long as this bus is never closed for that. */
    OverflowPolicy overflowPolicy(BusSession session) {
        if (parts.overflow() != OverflowPolicy.CLOSE_SESSION) {
            return parts.overflow();
        }
        boolean lasting = session == application || session.owner() == OBSERVERS;
        return lasting ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.CLOSE_SESSION;
    }

    BusParts parts() {
        return parts;
    }

    private void arrived(ChannelEvent event) {
        String channel = event.channel();
        if (listeners.find(channel) != null || observers.find(channel) != null || everyChannel.isUsed()) {
            parts.arrivals().announce(event);
        }
    }
}
