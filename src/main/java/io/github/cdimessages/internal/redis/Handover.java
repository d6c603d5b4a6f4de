package io.github.cdimessages.internal.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The short way from the thread that reads Redis to a thread that waits for a post: what is left to do for the post is
 * done by the waiting thread itself, which is woken by nobody but the reader. That saves one change of threads of two,
 * and runs nothing on the reader.
 *
 * <p>The slot is empty, holds one waiting thread, or is closed for ever by the first answer. Whoever empties a slot
 * that holds a thread decides: the reader hands the completion over, or the thread has given up and gets none. Further
 * waiting threads go the long way, as dependents of the stage.
 */
final class Handover {
    private static final Object CLOSED = new Object();

    // Mutable state: atomic
    private final AtomicReference<@Nullable Object> slot = new AtomicReference<>();

    // Mutable state: set by the publisher when it gets the post; a thread that waits before does not read
    private volatile @Nullable Reading reading;

    // Mutable state: set by who gives
    private volatile boolean awaited;

    void readBy(Reading readingOfPost) {
        reading = readingOfPost;
    }

    /** Whether a thread waited when the answer came. */
    boolean wasAwaited() {
        return awaited;
    }

    /**
     * Hands the completion to a thread that waits; false if there is none, and never will be.
     *
     * @param completion completes the stage; if it was handed over, it is run once, soon, by the waiting thread
     */
    boolean give(Runnable completion) {
        Object found = slot.getAndSet(CLOSED);
        if (found instanceof Waiter waiter) {
            awaited = true;
            waiter.completion = completion;
            if (waiter.thread != Thread.currentThread()) {
                LockSupport.unpark(waiter.thread);
            }
            return true;
        }
        return false;
    }

    /** Wakes a thread that waits for a stage that was completed by somebody else. */
    void look() {
        if (slot.get() instanceof Waiter waiter) {
            LockSupport.unpark(waiter.thread);
        }
    }

    /**
     * Waits until a completion is handed over, and runs it; returns also when the stage is done, the time is over, or
     * the thread is interrupted, and at once if it can't wait here.
     *
     * @param nanos at most; 0 for as long as it takes
     */
    void await(CompletableFuture<?> stage, long nanos) {
        if (stage.isDone() || slot.get() != null) {
            return;
        }
        Waiter waiter = new Waiter(stage, nanos, reading);
        if (!slot.compareAndSet(null, waiter)) {
            return;
        }
        try {
            ForkJoinPool.managedBlock(waiter);
        } catch (InterruptedException e) { // the waiter itself throws none
            Thread.currentThread().interrupt();
        } finally {
            if (!slot.compareAndSet(waiter, null)) {
                waiter.complete();
            }
        }
    }

    /** Can read the answer on the thread that waits for it. */
    interface Reading {
        /** Reads if nobody does, and until it is enough, or somebody else reads. */
        void readUntil(BooleanSupplier enough);
    }

    private static final class Waiter implements ForkJoinPool.ManagedBlocker {
        final Thread thread = Thread.currentThread();
        private final CompletableFuture<?> stage;
        private final long nanos;
        private final long since = System.nanoTime();
        private final @Nullable Reading reading;

        // Mutable state: set once, by whoever gives
        volatile @Nullable Runnable completion;

        Waiter(CompletableFuture<?> stage, long nanos, @Nullable Reading reading) {
            this.stage = stage;
            this.nanos = nanos;
            this.reading = reading;
        }

        @Override
        public boolean isReleasable() {
            return completion != null || stage.isDone() || thread.isInterrupted() || (nanos != 0 && left() <= 0);
        }

        @Override
        public boolean block() {
            if (reading != null) {
                reading.readUntil(this::isReleasable);
            }
            while (!isReleasable()) {
                if (nanos == 0) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, left());
                }
            }
            return true;
        }

        /** The slot was closed while this was in it: the completion is there or about to be. */
        void complete() {
            Runnable given = completion;
            while (given == null) {
                Thread.onSpinWait();
                given = completion;
            }
            given.run();
        }

        private long left() {
            return nanos - (System.nanoTime() - since);
        }
    }
}
