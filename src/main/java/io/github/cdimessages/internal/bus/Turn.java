package io.github.cdimessages.internal.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

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

    /** The turn of a session that has callbacks. Reentrant: closing a socket in a listener may call back at once. */
    static final class Exclusive extends Turn {
        private static final Logger LOG = System.getLogger(Turn.class.getName());
        private static final long PATIENCE_MILLIS = 10_000;

        private final ReentrantLock lock = new ReentrantLock();
        private final long patienceMillis;

        Exclusive() {
            this(PATIENCE_MILLIS);
        }

        Exclusive(long patienceMillis) {
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
            lock.unlock();
        }

        @Override
        boolean isTaken() {
            return lock.isLocked();
        }
    }
}
