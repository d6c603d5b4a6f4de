package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that reads what was missed, one partition after the other; it sleeps all other time. */
final class RecoveryLoop implements Runnable {
    private static final System.Logger LOG = System.getLogger(RecoveryLoop.class.getName());
    private static final long PAUSE = 5_000_000;

    private final List<Recovery> recoveries;
    private final CountDownLatch stopped;

    // Mutable state: written once, by the loop's thread
    private volatile @Nullable Thread thread;

    RecoveryLoop(List<Recovery> recoveries, CountDownLatch stopped) {
        this.recoveries = recoveries;
        this.stopped = stopped;
    }

    /** There is something to recover, or the end has come. */
    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (stopped.getCount() > 0) {
            boolean done = true;
            for (Recovery each : recoveries) {
                done &= step(each);
            }
            if (done) {
                LockSupport.park(this);
            } else if (stopped.getCount() > 0) {
                LockSupport.parkNanos(this, PAUSE);
            }
            Thread.interrupted(); // else an interrupted thread would no longer pause
        }
    }

    /** Whatever happens in one partition, this thread goes on: nobody else gives back the turn to deliver. */
    private static boolean step(Recovery each) {
        try {
            return each.step();
        } catch (RuntimeException | Error e) {
            each.failed();
            tell(e);
            return false;
        }
    }

    private static void tell(Throwable e) {
        try {
            LOG.log(ERROR, "reading what was missed has failed; it is given up with a gap", e);
        } catch (RuntimeException | Error noMemory) {
            // the gap says it
        }
    }
}
