package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.spi.Transport.Receiver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows whether both connections to Redis stand, and logs each change once. */
final class Reachability {
    private static final System.Logger LOG = System.getLogger(Reachability.class.getName());

    private final RedisSettings settings;

    // Mutable state: guarded by this; reachable is also read without it
    private final Set<Side> up = EnumSet.noneOf(Side.class);
    private final Set<Trouble> logged = EnumSet.noneOf(Trouble.class);
    private volatile boolean reachable;
    private boolean stopped;
    private long since = System.nanoTime();
    private boolean lost;
    private @Nullable Receiver receiver;

    Reachability(RedisSettings settings) {
        this.settings = settings;
    }

    /** The two connections. */
    enum Side {
        PUBLISHER,
        SUBSCRIBER
    }

    private enum Trouble {
        AWAY,
        REFUSES
    }

    boolean isReachable() {
        return reachable;
    }

    String address() {
        return settings.place();
    }

    synchronized void tell(Receiver newReceiver) {
        receiver = newReceiver;
    }

    synchronized void up(Side side) {
        up.add(side);
        if (up.size() == Side.values().length && !reachable && !stopped) {
            reachable = true;
            Duration outage = Duration.ofNanos(System.nanoTime() - since);
            if (lost && receiver != null) {
                receiver.restored(outage);
            }
            lost = false;
            LOG.log(
                    INFO,
                    logged.isEmpty()
                            ? "connected to Redis at " + address()
                            : "connected to Redis at " + address() + " again after "
                                    + Duration.ofNanos(System.nanoTime() - since)
                                            .toMillis() + " ms");
            logged.clear();
        }
    }

    synchronized void down(Side side, Throwable cause) {
        up.remove(side);
        if (reachable) {
            reachable = false;
            since = System.nanoTime();
            lost = !stopped;
            if (lost && receiver != null) {
                receiver.lost(Causes.of(cause));
            }
        }
        Trouble trouble = Causes.refusal(cause) == null ? Trouble.AWAY : Trouble.REFUSES;
        if (!stopped && logged.add(trouble)) {
            LOG.log(WARNING, trouble == Trouble.AWAY ? away(cause) : refuses(cause));
        }
    }

    synchronized void stop() {
        stopped = true;
        reachable = false;
    }

    private String away(Throwable cause) {
        return "Redis at " + address() + " is not reachable (" + Causes.of(cause) + "): global messages wait up to "
                + settings.postTimeout().toMillis() + " ms; start Redis, or correct property '" + RedisSettings.URI
                + "'. This server tries on";
    }

    private String refuses(Throwable cause) {
        return "Redis at " + address() + " refuses this server (" + Causes.refusal(cause)
                + "): correct user and password in property '" + RedisSettings.URI
                + "', and give that user +publish +subscribe +unsubscribe +ping, the channels &" + settings.prefix()
                + ":* and, for recovery, +xadd +xrange +xrevrange +hset +hsetnx +hgetall +hdel +pexpire and the"
                + " keys ~" + settings.prefix() + ":* (property '" + RedisSettings.PREFIX + "'). This server tries on";
    }
}
