package io.github.cdimessages.internal.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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

    /**
     * Hands the completion to a thread that waits; false if there is none, and never will be.
     *
     * @param completion completes the stage; if it was handed over, it is run once, soon, by the waiting thread
     */
    boolean give(Runnable completion) {
        Object found = slot.getAndSet(CLOSED);
        if (found instanceof Waiter waiter) {
            waiter.completion = completion;
            LockSupport.unpark(waiter.thread);
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
        Waiter waiter = new Waiter(stage, nanos);
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

    private static final class Waiter implements ForkJoinPool.ManagedBlocker {
        final Thread thread = Thread.currentThread();
        private final CompletableFuture<?> stage;
        private final long nanos;
        private final long since = System.nanoTime();

        // Mutable state: set once, by whoever gives
        volatile @Nullable Runnable completion;

        Waiter(CompletableFuture<?> stage, long nanos) {
            this.stage = stage;
            this.nanos = nanos;
        }

        @Override
        public boolean isReleasable() {
            return completion != null || stage.isDone() || thread.isInterrupted() || (nanos != 0 && left() <= 0);
        }

        @Override
        public boolean block() {
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
