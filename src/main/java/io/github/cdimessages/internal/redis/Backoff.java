package io.github.cdimessages.internal.redis;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: 50 to 500 ms, with jitter so that servers do not return in step. */
final class Backoff {
    private static final int LEAST = 50;
    private static final int MOST = 500;

    // Mutable state: owned by the loop's thread
    private int ceiling = LEAST;

    void reset() {
        ceiling = LEAST;
    }

    int nextMillis() {
        ceiling = Math.min(MOST, 2 * ceiling);
        return ThreadLocalRandom.current().nextInt(LEAST, ceiling + 1);
    }
}
