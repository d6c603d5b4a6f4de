package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The link's clock: looks ten times a second, and when it is woken, for what took too long and what is to be sent. */
final class Keeper implements Runnable {
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
    private static final long PAUSE = 100_000_000;

    private final CountDownLatch stopped;
    private final List<PartitionLink> partitions;

    // Mutable state: written once, by the keeper's thread
    private volatile @Nullable Thread thread;

    Keeper(List<PartitionLink> partitions, CountDownLatch stopped) {
        this.partitions = partitions;
        this.stopped = stopped;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (stopped.getCount() > 0) {
            for (PartitionLink each : partitions) {
                try {
                    each.tick(System.nanoTime());
                } catch (RuntimeException | Error e) {
                    LOG.log(ERROR, "the keeper of the connections to Redis stumbled; it goes on", e);
                }
            }
            LockSupport.parkNanos(this, PAUSE);
            Thread.interrupted(); // else an interrupted thread would no longer pause
        }
    }
}
