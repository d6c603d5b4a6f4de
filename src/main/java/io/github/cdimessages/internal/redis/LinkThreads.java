package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the link, two and two more for each partition: one reads each of its two connections, which blocks.
 * The keeper watches all, which no reader could do while it blocks: with fewer threads, a frozen Redis would stop the
 * watch as well. The last one reads what was missed, and sleeps all other time.
 */
final class LinkThreads {
    /** How long stop() waits for the outbox, and again for the threads. */
    static final long MOST_NANOS = 3_000_000_000L;

    private static final System.Logger LOG = System.getLogger(LinkThreads.class.getName());

    private final List<PartitionLink> partitions;
    private final Keeper keeper;
    private final RecoveryLoop recovery;
    private final CountDownLatch end;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    LinkThreads(List<PartitionLink> partitions, CountDownLatch end) {
        this.partitions = List.copyOf(partitions);
        this.end = end;
        keeper = new Keeper(this.partitions, end);
        recovery = new RecoveryLoop(
                this.partitions.stream().map(PartitionLink::recovery).toList(), end);
    }

    void start(ThreadFactory factory) {
        start(factory, "keeper", keeper);
        start(factory, "recovery", recovery);
        for (PartitionLink each : partitions) {
            start(factory, "publisher" + each.name(), each.publishing());
            start(factory, "subscriber" + each.name(), each.subscribing());
        }
    }

    void wakeKeeper() {
        keeper.wake();
    }

    void wakeRecovery() {
        recovery.wake();
    }

    boolean isEnded() {
        return end.getCount() == 0;
    }

    /** Closes the connections and waits, within a bound, for the threads. */
    void end() {
        end.countDown();
        partitions.forEach(PartitionLink::close);
        keeper.wake();
        recovery.wake();
        long last = System.nanoTime() + MOST_NANOS;
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, (last - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                LOG.log(WARNING, "thread '" + thread.getName() + "' is still connecting to Redis; it ends after that");
            }
        }
    }

    private void start(ThreadFactory factory, String name, Runnable work) {
        @Nullable Thread thread = factory.newThread(work);
        if (thread == null) {
            throw new IllegalStateException(
                    "the thread factory of the server gives no thread; is the server stopping?");
        }
        thread.setName("cdi-messages-redis-" + name);
        threads.add(thread);
        thread.start();
    }
}
