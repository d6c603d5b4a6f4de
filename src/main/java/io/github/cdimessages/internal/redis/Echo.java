package io.github.cdimessages.internal.redis;

/**
 * Knows whether this server hears what it says on the sentinel channel. Where its two connections lead to different
 * Redis, each of them is well, and the server is deaf all the same.
 */
final class Echo {
    private final long patience;

    // Mutable state: set by the publisher's reading thread, cleared by the subscriber's
    /** Since when something that Redis has published has not been heard; 0 if there is nothing. */
    private volatile long silentSince;

    private volatile String self = "";

    /** What is said is heard before Redis answers it, so one more beacon has to be due. */
    Echo(Timing timing) {
        patience = timing.ping().multipliedBy(2).plus(timing.answer()).toNanos();
    }

    void begin(String origin) {
        self = origin;
    }

    /** Redis has published a beacon of this server. */
    void said(long now) {
        if (silentSince == 0) {
            silentSince = now == 0 ? 1 : now;
        }
    }

    /** Something came on the sentinel channel. */
    void heard(byte[] content) {
        if (silentSince != 0) {
            Beacon beacon = Beacon.read(content);
            if (beacon != null && beacon.origin().equals(self)) {
                silentSince = 0;
            }
        }
    }

    /** A new connection hears what is said from now on. */
    void reset() {
        silentSince = 0;
    }

    boolean isMissing(long now) {
        long since = silentSince;
        return since != 0 && now - since > patience;
    }
}
