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
    boolean await(boolean insideAnother) {
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
        private static final long SECONDS_BEFORE_DEADLOCK = 10;

        private final ReentrantLock lock = new ReentrantLock();

        @Override
        boolean tryTake() {
            return !lock.hasQueuedThreads() && lock.tryLock();
        }

        /**
         * Waits as long as it takes, except for a thread that already has another session's turn: two sessions that
         * close each other would wait for ever, so there it goes on without after a while, and says so.
         */
        @Override
        boolean await(boolean insideAnother) {
            if (!insideAnother || lock.isHeldByCurrentThread()) {
                lock.lock();
                return true;
            }
            try {
                if (lock.tryLock(SECONDS_BEFORE_DEADLOCK, TimeUnit.SECONDS)) {
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LOG.log(
                    Level.WARNING,
                    "a WebSocket session was called from another one's listener while it was busy; its callback runs"
                            + " beside its listeners now. Close other sessions from outside of listeners");
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
