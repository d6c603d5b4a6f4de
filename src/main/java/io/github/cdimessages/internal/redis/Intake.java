package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.ERROR;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.RecoverySettings;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where live and recovered messages meet: hands each to the receiver once, those of one poster in order.
 *
 * <p>The turn to hand over belongs to the thread that reads the subscriber's connection, until that breaks; then to the
 * thread that recovers, until it has read the logs and handed over all that came meanwhile and was held back. The turn
 * changes hands under the lock, so that what its holder wrote is seen by the next.
 */
final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    /** So many servers may be known before those that are silent are forgotten, and so many at all. */
    private static final int FEW = 1_000;

    static final int MOST = 10_000;

    private final EnvelopeFormat format;
    private final Verifier verifier;
    private final Receiver receiver;
    private final Supplier<Set<String>> subscribed;
    private final int mostHeld;
    private final long mostBytes;
    private final long forgetAfter;
    private final Object lock = new Object();

    // Mutable state: guarded by lock; turn and era are also read without it
    private List<Held> held = new ArrayList<>();
    private long heldBytes;
    private long dropped;
    private volatile boolean holding = true;
    private volatile int era;

    // Mutable state: owned by the holder of the turn
    private final Map<String, Origin> origins = new HashMap<>();

    /** What came on a channel, or a beacon where there is none. */
    private static final class Held {
        final @Nullable String channel;
        final byte[] bytes;

        Held(@Nullable String channel, byte[] bytes) {
            this.channel = channel;
            this.bytes = bytes;
        }
    }

    Intake(
            EnvelopeFormat format,
            Verifier verifier,
            Receiver receiver,
            Supplier<Set<String>> subscribed,
            RecoverySettings settings) {
        this.format = format;
        this.verifier = verifier;
        this.receiver = receiver;
        this.subscribed = subscribed;
        mostHeld = settings.count();
        mostBytes = settings.bytes();
        forgetAfter = settings.keyLives().multipliedBy(2).toNanos();
    }

    /** Takes what the subscriber has read: a message, or what came on the sentinel channel if that is null. */
    void live(@Nullable String channel, byte[] bytes) {
        if (holding && hold(channel, bytes)) {
            return;
        }
        take(channel, bytes);
    }

    /** The subscriber's connection is lost: what was held back will be in the logs. */
    void lost() {
        synchronized (lock) {
            era++;
            holding = true;
            clear();
        }
    }

    /** Changes whenever the subscriber's connection is lost. */
    int era() {
        return era;
    }

    boolean isHolding() {
        return holding;
    }

    /** With the turn: tells what may be taken. */
    Verifier verifier() {
        return verifier;
    }

    /** With the turn: reports something in a log that is not what it should be. */
    void refused(String where, MessagesException problem) {
        receiver.malformed(where, problem);
    }

    /** With the turn: all servers that are known. */
    Map<String, Origin> origins() {
        return origins;
    }

    /** With the turn: how far a server was heard; null if there are too many of them. */
    @Nullable
    Origin origin(String name) {
        Origin known = origins.get(name);
        if (known != null) {
            return known;
        }
        long now = System.nanoTime();
        if (origins.size() >= FEW) {
            origins.values().removeIf(origin -> now - origin.heardAt() > forgetAfter);
        }
        return origins.size() >= MOST ? null : origins.computeIfAbsent(name, missing -> new Origin(now));
    }

    /** With the turn: takes a message from a log. */
    void recovered(String channel, byte[] bytes) {
        hand(channel, bytes, false);
    }

    void gap(String channel, String origin, String cause) {
        receiver.gap(channel, origin, -1, cause);
    }

    /** With the turn: hands over what was held back and gives the turn to the reading thread; false in another era. */
    boolean release(int from, Runnable whenReleased) {
        while (true) {
            List<Held> next;
            long lost;
            synchronized (lock) {
                if (era != from) {
                    return false;
                }
                lost = dropped;
                if (held.isEmpty() && lost == 0) {
                    holding = false;
                    whenReleased.run();
                    return true;
                }
                next = held;
                clear();
            }
            next.forEach(each -> take(each.channel, each.bytes));
            if (lost > 0) {
                String cause = lost + " messages came while the logs in Redis were read and are lost; raise property '"
                        + RecoverySettings.COUNT + "' or '" + RecoverySettings.BYTES + "'";
                subscribed.get().forEach(channel -> gap(channel, "", cause));
            }
        }
    }

    private boolean hold(@Nullable String channel, byte[] bytes) {
        synchronized (lock) {
            if (!holding) {
                return false;
            }
            if (dropped > 0 || held.size() >= mostHeld || heldBytes + bytes.length > mostBytes) {
                dropped++;
            } else {
                held.add(new Held(channel, bytes));
                heldBytes += bytes.length;
            }
            return true;
        }
    }

    private void clear() {
        held = new ArrayList<>();
        heldBytes = 0;
        dropped = 0;
    }

    private void take(@Nullable String channel, byte[] bytes) {
        if (channel == null) {
            Beacon beacon = Beacon.read(bytes);
            if (beacon != null && isGenuine(bytes)) {
                take(beacon);
            }
        } else {
            hand(channel, bytes, true);
        }
    }

    private boolean isGenuine(byte[] beacon) {
        try {
            verifier.checkBeacon(beacon);
            return true;
        } catch (MessagesException problem) {
            receiver.malformed(verifier.sentinelName(), problem);
            return false;
        }
    }

    private void take(Beacon beacon) {
        Origin origin = origin(beacon.origin());
        if (origin == null) {
            return;
        }
        if (beacon.hasLost() && beacon.number() > origin.live()) {
            for (String channel : subscribed.get()) {
                if (!origin.isCovered(channel, beacon.number())) {
                    gap(channel, beacon.origin(), "Redis had accepted messages of that server and has lost them");
                }
            }
        }
        origin.hears(beacon, System.nanoTime());
    }

    private void hand(String channel, byte[] bytes, boolean live) {
        try {
            Envelope envelope = format.decode(channel, bytes);
            verifier.check(channel, bytes); // before its number counts: a forged one would silence its poster
            if (!live || isFirst(channel, envelope, EnvelopeFormat.numberOf(bytes))) {
                receiver.received(envelope);
            }
        } catch (MessagesException problem) {
            receiver.malformed(channel, problem);
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "channel '" + channel + "': a message was lost here, filing it failed", e);
        }
    }

    private boolean isFirst(String channel, Envelope envelope, long number) {
        Origin origin = number == 0 ? null : origin(envelope.origin());
        return origin == null || origin.hears(channel, number);
    }
}
