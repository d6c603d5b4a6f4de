package io.github.cdimessages.internal.redis;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** Knows whether both connections of a partition stand. */
final class Reachability {
    private final Outages outages;
    private final Predicate<String> channels;

    // Mutable state: guarded by this; reachable is also read without it
    private final Set<Side> up = EnumSet.noneOf(Side.class);
    private volatile boolean reachable;

    Reachability(Outages outages, Predicate<String> channels) {
        this.outages = outages;
        this.channels = channels;
    }

    /** The two connections. */
    enum Side {
        PUBLISHER,
        SUBSCRIBER
    }

    boolean isReachable() {
        return reachable && !outages.isStopped();
    }

    String address() {
        return outages.address();
    }

    /** Whether a channel is of this partition. */
    Predicate<String> channels() {
        return channels;
    }

    synchronized void up(Side side) {
        up.add(side);
        if (up.size() == Side.values().length && !reachable) {
            reachable = true;
            outages.up(this);
        }
    }

    synchronized void down(Side side, Throwable cause) {
        up.remove(side);
        reachable = false;
        outages.down(this, cause);
    }
}
