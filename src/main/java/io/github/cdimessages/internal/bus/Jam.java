package io.github.cdimessages.internal.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells when every worker has been stuck for long: then nobody is served any more, which must not go unnoticed. */
final class Jam {
    private static final Logger LOG = System.getLogger("io.github.cdimessages");

    private final int workers;
    private final long patience;

    // Mutable state: the first is atomic, the rest is guarded by this object's monitor
    private final AtomicLong taken = new AtomicLong();
    private long seen = -1;
    private long since;
    private boolean told;

    Jam(int workers) {
        this(workers, TimeUnit.SECONDS.toNanos(10));
    }

    Jam(int workers, long patience) {
        this.workers = workers;
        this.patience = patience;
    }

    /** A worker took a task. */
    void moves() {
        taken.incrementAndGet();
    }

    /** A task found every worker at work. Tells of it once, if none of them has taken a task for long. */
    void full() {
        if (isNews()) {
            LOG.log(
                    Level.WARNING,
                    "no message is delivered: all " + workers + " threads that this application may use have been in"
                            + " listeners or observers for " + TimeUnit.NANOSECONDS.toSeconds(patience)
                            + " s or longer. Don't wait in them, or raise 'messages.workers'");
        }
    }

    private synchronized boolean isNews() {
        long progress = taken.get();
        long now = System.nanoTime();
        if (progress != seen) {
            seen = progress;
            since = now;
            told = false;
            return false;
        }
        boolean news = !told && now - since > patience;
        told |= news;
        return news;
    }
}
