package io.github.cdimessages.internal.bus;

import io.github.cdimessages.InboxOverflow;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.Reach;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.spi.Transport;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A bus on real threads, and nothing around it: what the engine does without a container. */
final class Engine implements AutoCloseable {
    static final int WORKERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(Crowd.SECONDS);

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "engine");
        thread.setDaemon(true);
        return thread;
    });
    final MessageBus bus;

    // Mutable state: concurrent
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();
    private final Queue<Object> announced = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch helping = new CountDownLatch(0);

    Engine() {
        this(Integer.MAX_VALUE, OverflowPolicy.DROP_OLDEST, null);
    }

    Engine(int inboxLimit, OverflowPolicy overflow, @Nullable Transport transport) {
        this(WORKERS, inboxLimit, overflow, transport);
    }

    Engine(int workers, int inboxLimit, OverflowPolicy overflow, @Nullable Transport transport) {
        // the bus announces an arrival only after it was made
        MessageBus[] made = new MessageBus[1];
        made[0] = new MessageBus(new BusParts(
                "here",
                inboxLimit,
                overflow,
                inboxLimit,
                overflow,
                new MessageTypes(),
                new Text(),
                new Workers(threads, workers, this::counted),
                this::help,
                Work::run,
                event -> made[0].dispatch(event),
                announced::add,
                transport));
        bus = made[0];
    }

    BusSession session(String name) {
        return bus.open(name);
    }

    void post(String channel, Object message) {
        bus.post(channel, message, Reach.LOCAL);
    }

    /** How many threads have ever been at work at once. */
    int mostThreads() {
        return mostAtWork.get();
    }

    Queue<Object> announced() {
        return announced;
    }

    long announcedDrops() {
        return announced.stream()
                .filter(InboxOverflow.class::isInstance)
                .mapToLong(event -> ((InboxOverflow) event).dropped())
                .sum();
    }

    static void await(String what, Callable<Boolean> come) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(come);
    }

    /** Keeps back what does not run on workers, until told to go on. */
    CountDownLatch helpNobody() {
        CountDownLatch goOn = new CountDownLatch(1);
        helping = goOn;
        return goOn;
    }

    private void help(Runnable work) {
        CountDownLatch goOn = helping;
        threads.execute(() -> {
            try {
                goOn.await();
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the engine is closed
            }
        });
    }

    private Runnable counted(Runnable work) {
        return () -> {
            mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            work.run();
            atWork.decrementAndGet();
        };
    }

    @Override
    public void close() {
        bus.stop();
        threads.shutdownNow();
    }

    /** Messages of these tests are texts; JSON does not matter here. */
    static final class Text implements MessageCodec {
        @Override
        public String encode(Object message) {
            return message.toString();
        }

        @Override
        public <T> T decode(String json, Class<T> type) {
            return type.cast(type == Long.class ? Long.valueOf(json) : json);
        }
    }
}
