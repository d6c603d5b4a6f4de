package io.github.cdimessages.testing.steps;

import java.util.concurrent.TimeUnit;

/** Stands in the tested classes for a {@code ReentrantLock}, which would stop the one thread that may run. */
public class SteppedLock {
    // Mutable state, used by the one thread that may run
    private Thread owner;
    private int depth;
    private int queued;

    /** As in a real lock a newcomer may overtake those who wait. */
    public void lock() {
        Steps.point();
        if (!take()) {
            queued++;
            Steps.await(() -> owner == null);
            queued--;
            take();
        }
    }

    /** Takes it if it is free. */
    public boolean tryLock() {
        Steps.point();
        return take();
    }

    /** Waits for ever: no time passes in a scenario. */
    public boolean tryLock(long time, TimeUnit unit) {
        lock();
        return true;
    }

    /** Gives it back. */
    public void unlock() {
        Steps.point();
        if (owner != Thread.currentThread()) {
            throw new IllegalMonitorStateException();
        }
        if (--depth == 0) {
            owner = null;
        }
    }

    /** Whether somebody waits for it. */
    public boolean hasQueuedThreads() {
        Steps.point();
        return queued > 0;
    }

    /** Whether somebody has it. */
    public boolean isLocked() {
        Steps.point();
        return owner != null;
    }

    /** Whether the caller has it. */
    public boolean isHeldByCurrentThread() {
        return owner == Thread.currentThread();
    }

    /** How often the caller has it. */
    public int getHoldCount() {
        return isHeldByCurrentThread() ? depth : 0;
    }

    protected Thread getOwner() {
        Steps.point();
        return owner;
    }

    private boolean take() {
        if (owner != null && owner != Thread.currentThread()) {
            return false;
        }
        owner = Thread.currentThread();
        depth++;
        return true;
    }
}
