package io.github.cdimessages.internal.revocation;

import java.util.concurrent.TimeUnit;

/**
 * Translates this server's time to that of the network (Redis), in microseconds since 1970. The difference lies between
 * two bounds: what was sent before an answer was made, and what was received after it.
 */
public final class NetworkClock {
    /** Clocks drift: a bound that is older gives way to a new one, even to a worse one. */
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(5);

    // Mutable state, guarded by this object's monitor
    private long least;
    private long most;
    private boolean known;
    private long askedAt;

    /** This server's time. */
    public static long now() {
        return LocalClock.SYSTEM.now();
    }

    /** Takes what the network said its time is, between two times of this server. */
    public synchronized void asked(long before, long network, long after) {
        long low = network - after;
        long high = network - before;
        long now = System.nanoTime();
        boolean agree = known && low <= most && high >= least && now - askedAt < FRESH_NANOS;
        least = agree ? Math.max(least, low) : low;
        most = agree ? Math.min(most, high) : high;
        askedAt = agree ? askedAt : now;
        known = true;
    }

    /** Whether the network's time is known; else it passes for this server's own. */
    synchronized boolean isKnown() {
        return known;
    }

    /** The latest that a time of the network, which is over, can be here. */
    synchronized long latestHere(long network) {
        return Math.min(network - least, now());
    }

    /** The latest that a time of this server can be in the network. */
    synchronized long latest(long here) {
        return here + most;
    }
}
