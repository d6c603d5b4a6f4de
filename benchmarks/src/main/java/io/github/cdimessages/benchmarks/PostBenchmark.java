package io.github.cdimessages.benchmarks;

import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.Subscribe;
import io.github.cdimessages.Reach;
import io.github.cdimessages.internal.bus.MessageBus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The time from a thousand posts until all listeners have heard them, for one post. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PostBenchmark.POSTS)
public class PostBenchmark {
    static final int POSTS = 1_000;

    @Param({"1", "1000"})
    int listeners;

    private final AtomicReference<CountDownLatch> heard = new AtomicReference<>();
    private final List<Consumer<Object>> plain = new ArrayList<>();
    private ExecutorService threads;
    private MessageBus bus;
    private AsyncEventBus guava;

    @Setup
    public void listen() {
        threads = Executors.newCachedThreadPool();
        bus = Bus.on(threads);
        guava = new AsyncEventBus(threads);
        for (int i = 0; i < listeners; i++) {
            plain.add(message -> heard.get().countDown());
            bus.open("session").add("c", String.class, message -> heard.get().countDown());
            guava.register(new Listener(heard));
        }
    }

    @TearDown
    public void stop() {
        bus.stop();
        threads.shutdownNow();
    }

    /** Calls them one after the other on the poster's thread: the least that is possible, without any promise. */
    @Benchmark
    public void plainLoop() throws InterruptedException {
        postAll(message -> plain.forEach(one -> one.accept(message)));
    }

    @Benchmark
    public void cdiMessages() throws InterruptedException {
        postAll(message -> bus.post("c", message, Reach.LOCAL));
    }

    /** Keeps no order and has no bound. */
    @Benchmark
    public void guavaAsyncEventBus() throws InterruptedException {
        postAll(guava::post);
    }

    private void postAll(Consumer<Object> post) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(POSTS * listeners);
        heard.set(all);
        for (int i = 0; i < POSTS; i++) {
            post.accept("hello");
        }
        all.await();
    }

    /** A listener as Guava wants it. */
    public static final class Listener {
        private final AtomicReference<CountDownLatch> heard;

        Listener(AtomicReference<CountDownLatch> heard) {
            this.heard = heard;
        }

        /** Hears a message. */
        @Subscribe
        public void hear(String message) {
            heard.get().countDown();
        }
    }
}
