package io.github.cdimessages.internal.bus;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Lets one log line of a kind pass in ten seconds and counts the others, so that a flood of failures fills no disk. */
public final class Throttle {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);
    /** Kinds that are told apart; beyond it all share one, so that hostile channel names take no memory. */
    private static final int MOST_KINDS = 1_000;

    // Mutable state: a concurrent map; each entry changes inside compute alone
    private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();

    /** Gives -1 to keep silent, else how many lines of the kind were kept back since the last one. */
    public long pass(String kind) {
        long now = System.nanoTime();
        String told = kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : "";
        Kind after = kinds.compute(told, (key, before) -> {
            if (before == null) {
                return new Kind(now, 0, 0);
            }
            return now - before.at >= PAUSE ? new Kind(now, 0, before.held) : new Kind(before.at, before.held + 1, -1);
        });
        return after.told;
    }

    private record Kind(long at, long held, long told) {}
}
