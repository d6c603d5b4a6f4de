package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how many posts are under way, and how many bytes they hold; both in one number, so that a post costs one step.
 */
final class Budget {
    private static final int BITS = 40;
    private static final long ONE = 1L << BITS;

    private final int posts;
    private final long bytes;
    /** The posts above bit 40, their bytes below. */
    private final AtomicLong used = new AtomicLong();

    private final Object emptied = new Object();

    Budget(int posts, long bytes) {
        this.posts = posts;
        this.bytes = bytes;
    }

    /** Takes the room of a post, or nothing. */
    boolean reserve(int size) {
        long after = used.addAndGet(ONE + size);
        if (after >>> BITS <= posts && (after & (ONE - 1)) <= bytes) {
            return true;
        }
        used.addAndGet(-ONE - size);
        return false;
    }

    void release(int count, long size) {
        if (used.addAndGet(-ONE * count - size) == 0) {
            synchronized (emptied) {
                emptied.notifyAll();
            }
        }
    }

    /** Waits until no post is under way, or the time is over. */
    void awaitEmpty(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        synchronized (emptied) {
            for (long left = nanos; used.get() != 0 && left > 0; left = end - System.nanoTime()) {
                NANOSECONDS.timedWait(emptied, left + 1_000_000);
            }
        }
    }
}
