package io.github.cdimessages.internal.websocket;

import java.time.Duration;

/** Whether the other side of a connection gives signs of life. */
final class Pulse {
    // Mutable state: volatile; what one of many threads sets stands alone, the rest is told at the field
    /** Whether pongs are seen here: only then silence proves that the other side is gone. */
    private volatile boolean watched;
    /** Set by whoever asks, cleared by whoever sees a sign of life. */
    private volatile boolean silent;
    /** Set and cleared around a ping that is being written. */
    private volatile boolean sending;
    /** Set by the one tick, cleared by the ping that it asked for. */
    private volatile boolean asked;

    private volatile long askedAt;

    // Mutable state: of the one tick alone
    private boolean givenUp;
    private boolean wasClosed;

    void beat() {
        silent = false;
    }

    boolean isWatched() {
        return watched;
    }

    void watched() {
        watched = true;
    }

    /** Tells once that there was no sign of life for half a pause at least, or that not even a ping could leave. */
    boolean isLost(Duration pause) {
        boolean lost = silent && (watched || sending) && System.nanoTime() - askedAt >= pause.toNanos() / 2;
        boolean news = lost && !givenUp;
        givenUp |= lost;
        return news;
    }

    /** Tells that it was closed when somebody looked before: its own callback has had the time to come first. */
    boolean isLongClosed() {
        boolean before = wasClosed;
        wasClosed = true;
        return before;
    }

    /** Whether the last ping has left, so that there may be another. */
    boolean mayAsk() {
        boolean free = !asked && !givenUp;
        asked |= free;
        return free;
    }

    void asking() {
        askedAt = System.nanoTime();
        sending = true;
        silent = true;
    }

    void hasAsked() {
        sending = false;
        asked = false;
    }
}
