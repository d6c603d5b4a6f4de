package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.internal.bus.Announcements;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.Stages;
import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.spi.Transport;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Revokes: files each revocation, then ends the sessions that it concerns, here and by the others on their servers. */
public final class Revocations {
    private static final Duration TICK = Duration.ofMillis(250);

    private final MessageBus bus;
    private final Announcements announcements;
    private final Ticker threads;
    private final NetworkClock clock = new NetworkClock();
    private final Entries entries;
    private final Guards guards;
    private final Notices notices;
    private final Inbound inbound;
    private final @Nullable Transport transport;
    private final @Nullable Watch watch;
    private final @Nullable Outgoing outgoing;
    private final long begun = NetworkClock.now();

    // Mutable state: set once, at the application's end
    private volatile boolean stopped;

    // Mutable state: atomic; set while somebody ends what can't be checked, so that no more of that waits for a thread
    private final AtomicBoolean ending = new AtomicBoolean();

    /**
     * Puts the parts together.
     *
     * @param transport the way to the others; null if there is none
     * @param ledger what the network keeps; null if it keeps nothing
     */
    public Revocations(
            RevocationSettings settings,
            MessageBus bus,
            MessageCodec codec,
            Announcements announcements,
            Ticker threads,
            @Nullable Transport transport,
            @Nullable Ledger ledger) {
        this.bus = bus;
        this.announcements = announcements;
        this.threads = threads;
        this.transport = transport;
        entries =
                new Entries(clock, TimeUnit.NANOSECONDS.toMicros(settings.keep().toNanos()));
        guards = new Guards(entries, this::isCutOff);
        notices = new Notices(bus, codec, clock);
        watch = transport == null
                ? null
                : new Watch(ledger, transport, clock, threads, settings.maxOutage(), this::takeAll);
        outgoing = transport == null || ledger == null
                ? null
                : new Outgoing(ledger, transport, clock, notices, threads, settings.keep());
        inbound = new Inbound(threads, this::take, this::readSoon);
    }

    /** Begins to look after the network, when the transport is about to start. */
    public void start() {
        if (transport != null) {
            transport.subscribe(Notice.CHANNEL).thenRun(this::readSoon); // what came before is in the ledger
            threads.every(TICK, this::tick);
        }
    }

    /** Takes no more. */
    public void stop() {
        stopped = true;
        if (watch != null) {
            watch.stop();
        }
        if (outgoing != null) {
            outgoing.stop();
        }
    }

    /** See {@link io.github.cdimessages.Messages#revokeAuthentication}. */
    public CompletionStage<PostResult> revoke(@Nullable String user, @Nullable Revocation revocation) {
        if (user == null || user.isBlank() || revocation == null) {
            throw new IllegalArgumentException("revocation of user '" + user + "', " + revocation
                    + ": give the name of a user, and Revocation.user(), authId(id) or scopes(names)");
        }
        if (stopped) {
            throw new IllegalStateException("revocation of user '" + user + "': the application has ended");
        }
        Entry entry = new Entry(UUID.randomUUID().toString(), user, revocation, NetworkClock.now());
        entries.addOwn(entry);
        act(entry);
        long sequence = bus.nextSequence();
        String messageId = ChannelEvent.messageId(bus.origin(), sequence);
        if (outgoing != null) {
            return outgoing.submit(entry, sequence, messageId);
        }
        return transport == null
                ? CompletableFuture.completedFuture(new PostResult(messageId, Reach.LOCAL))
                : Stages.then(
                        transport.publish(notices.write(entry, sequence), true),
                        new PostResult(messageId, Reach.GLOBAL),
                        problem -> {});
    }

    /** Takes up a session; null where its endpoint does not tell which scopes it needs. */
    public Guard guard(Guarded session, @Nullable Set<String> needed) {
        if (watch != null) {
            watch.sessionOpens();
        }
        return guards.open(session, needed);
    }

    /** How many sessions have a user. */
    public int guardedCount() {
        return guards.count();
    }

    /** What stands between the transport and the bus: revocations never get to where applications listen. */
    public Transport.Receiver before(Transport.Receiver receiver) {
        return new ReservedReceiver(receiver, watch, inbound, this::readSoon);
    }

    /** This server's time, as identities are to be compared. */
    public static long now() {
        return NetworkClock.now();
    }

    boolean isRevoked(Login login) {
        return entries.end(login);
    }

    private boolean isCutOff() {
        return watch != null && watch.isCutOff();
    }

    private void readSoon() {
        if (watch != null) {
            watch.readSoon();
        }
    }

    private void tick() {
        if (watch != null) {
            watch.tick();
        }
        if (outgoing != null) {
            outgoing.tick();
        }
        if (isCutOff() && guards.count() > 0 && ending.compareAndSet(false, true)) {
            threads.execute(this::endUnchecked);
        }
    }

    private void endUnchecked() {
        try {
            guards.endUnchecked();
        } finally {
            ending.set(false);
        }
    }

    private void takeAll(List<Envelope> found, boolean all) {
        Set<String> ids = new HashSet<>();
        for (Envelope envelope : found) {
            String id = take(envelope);
            if (id != null) {
                ids.add(id);
            }
        }
        if (all && outgoing != null) {
            outgoing.writeAgain(ids);
        }
    }

    /** Gives the revocation's id; null if there is none. */
    private @Nullable String take(Envelope envelope) {
        try {
            Entry entry = notices.read(envelope);
            if (entries.add(entry)) {
                act(entry);
            } else if (entries.correct(entry)) {
                guards.act(entry);
            }
            return entry.id();
        } catch (MessagesException e) {
            bus.malformed(Notice.CHANNEL, e);
            return null;
        }
    }

    private void act(Entry entry) {
        guards.act(entry);
        if (entry.at() >= begun) { // nothing was open before
            announcements.announce(new AuthenticationRevoked(entry.user(), entry.revocation()));
        }
    }
}
