package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The four threads of the link: one reads each of the two connections, which blocks, and the keeper watches both, which
 * neither reader could do while it blocks. With fewer, a frozen Redis would stop the watch as well. The fourth reads
 * what was missed, and sleeps all other time.
 */
final class LinkThreads {
    /** How long stop() waits for the outbox, and again for the threads. */
    static final long MOST_NANOS = 3_000_000_000L;

    private static final System.Logger LOG = System.getLogger(LinkThreads.class.getName());

    private final Keeper keeper;
    private final LinkLoop publisher;
    private final LinkLoop subscriber;
    private final Recovery recovery;
    private final CountDownLatch end;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    LinkThreads(Keeper keeper, LinkLoop publisher, LinkLoop subscriber, Recovery recovery, CountDownLatch end) {
        this.keeper = keeper;
        this.publisher = publisher;
        this.subscriber = subscriber;
        this.recovery = recovery;
        this.end = end;
    }

    void start(ThreadFactory factory) {
        start(factory, "keeper", keeper);
        start(factory, "publisher", publisher);
        start(factory, "subscriber", subscriber);
        start(factory, "recovery", recovery);
    }

    void wakeKeeper() {
        keeper.wake();
    }

    boolean isEnded() {
        return end.getCount() == 0;
    }

    /** Closes the connections and waits, within a bound, for the threads. */
    void end() {
        end.countDown();
        publisher.close();
        subscriber.close();
        recovery.close();
        keeper.wake();
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
