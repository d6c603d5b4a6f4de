package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.settings.Timing;

/**
 * Knows whether this server hears what it says on the sentinel channel. Where its two connections lead to different
 * Redis, each of them is well, and the server is deaf all the same.
 */
final class Echo {
    private final long patience;

    // Mutable state: guarded by this object's monitor
    /** How many beacons Redis has published since one was heard. */
    private int unheard;

    /** Since when the first of them has not been heard. */
    private long silentSince;

    private String self = "";

    /** As what is said is heard before Redis answers it, a second beacon has to be due. */
    Echo(Timing timing) {
        patience = timing.ping().multipliedBy(2).plus(timing.answer()).toNanos();
    }

    synchronized void begin(String origin) {
        self = origin;
    }

    /** Redis has published a beacon of this server. */
    synchronized void said(long now) {
        if (unheard++ == 0) {
            silentSince = now;
        }
    }

    /** Something came on the sentinel channel. */
    synchronized void heard(byte[] content) {
        if (unheard != 0) {
            Beacon beacon = Beacon.read(content);
            if (beacon != null && beacon.origin().equals(self)) {
                unheard = 0;
            }
        }
    }

    /** A new connection hears what is said from now on. */
    synchronized void reset() {
        unheard = 0;
    }

    /** Whether two of them were not heard: one alone may have been heard before it was noted here. */
    synchronized boolean isMissing(long now) {
        return unheard > 1 && now - silentSince > patience;
    }
}
