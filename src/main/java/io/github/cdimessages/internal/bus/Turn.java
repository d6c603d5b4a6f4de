package io.github.cdimessages.internal.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who runs application code for a session: one of its callbacks or one of its listeners, never both. */
class Turn {
    /** Where only listeners run, which an inbox serialises by itself. */
    static final Turn FREE = new Turn();

    /** Takes the turn, or tells that a callback has it or waits for it. */
    boolean tryTake() {
        return true;
    }

    /**
     * Takes the turn for a callback, whose thread belongs to the server and can't come back later. Tells whether it
     * did.
     */
    boolean await(boolean bounded) {
        return true;
    }

    void giveBack() {}

    /** Whether somebody who will give it back has the turn now. */
    boolean isTaken() {
        return false;
    }

    /** Interrupts who has the turn, if that waits in vain, and tells whether somebody has it. */
    boolean interrupt(Predicate<StackTraceElement[]> inVain) {
        return false;
    }

    /** The turn of a session that has callbacks. Reentrant: closing a socket in a listener may call back at once. */
    static final class Exclusive extends Turn {
        private static final Logger LOG = System.getLogger(Turn.class.getName());
        private static final int PATIENCE_MILLIS = 10_000;

        private final Owned lock = new Owned();
        private final int patienceMillis;

        // Mutable state: written under this object's monitor; who gives the turn back may read it without
        private volatile boolean watched;

        // Mutable state, guarded by this object's monitor
        private boolean interrupted;

        Exclusive() {
            this(PATIENCE_MILLIS);
        }

        Exclusive(int patienceMillis) {
            this.patienceMillis = patienceMillis;
        }

        @Override
        boolean tryTake() {
            return !lock.hasQueuedThreads() && lock.tryLock();
        }

        /**
         * Waits as long as it takes, unless bounded: then it goes on without the turn after a while, and says so. Two
         * sessions that close each other in their listeners would wait for ever, and a listener that is stuck would
         * keep the application from ending.
         */
        @Override
        boolean await(boolean bounded) {
            if (!bounded || lock.isHeldByCurrentThread()) {
                lock.lock();
                return true;
            }
            try {
                if (lock.tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LOG.log(
                    Level.WARNING,
                    "a listener of a WebSocket session is busy while the session ends, or is called from another one's"
                            + " listener; a callback runs beside it now. Don't block in listeners, and close other"
                            + " sessions from outside of them");
            return false;
        }

        @Override
        void giveBack() {
            if (watched && lock.getHoldCount() == 1) {
                giveBackUninterrupted();
            } else {
                lock.unlock();
            }
        }

        /** After an interrupt that may be on its way: the thread's next work is not to feel it. */
        private synchronized void giveBackUninterrupted() {
            watched = false;
            if (interrupted) {
                interrupted = false;
                Thread.interrupted();
            }
            lock.unlock();
        }

        @Override
        boolean isTaken() {
            return lock.isLocked();
        }

        /**
         * Watches before it looks. Whose stack shows it waiting, and who has the turn after that, gives it back later,
         * and sees then that it is watched: had it been about to give it back unwatched, it would wait elsewhere, and
         * not have the turn, or would have taken it once more.
         */
        @Override
        synchronized boolean interrupt(Predicate<StackTraceElement[]> inVain) {
            watched = true;
            Thread owner = lock.getOwner();
            if (owner == null) {
                watched = false;
                return false;
            }
            if (inVain.test(owner.getStackTrace()) && lock.getOwner() == owner) {
                interrupted = true;
                owner.interrupt();
            }
            return true;
        }
    }

    private static final class Owned extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        @Override
        protected @Nullable Thread getOwner() { // to be seen here
            return super.getOwner();
        }
    }
}
