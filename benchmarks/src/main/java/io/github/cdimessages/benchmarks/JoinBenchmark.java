package io.github.cdimessages.benchmarks;

import com.google.common.eventbus.EventBus;
import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.MessageBus;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The time in which 100,000 join one channel and leave it, for one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JoinBenchmark.SESSIONS)
public class JoinBenchmark {
    static final int SESSIONS = 100_000;

    /** A hash set without a lock: the least that is possible. */
    @Benchmark
    public int plainSet() {
        Set<Object> set = new HashSet<>();
        Object[] joined = new Object[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            joined[i] = new Object();
            set.add(joined[i]);
        }
        for (Object one : joined) {
            set.remove(one);
        }
        return set.size();
    }

    @Benchmark
    public int cdiMessages() {
        MessageBus bus = Bus.on(Runnable::run);
        BusSession[] joined = new BusSession[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            joined[i] = bus.open("session");
            joined[i].add("c", String.class, message -> {});
        }
        for (BusSession one : joined) {
            one.end();
        }
        return bus.channelCount();
    }

    /** A tenth of them, as each copies all others: its share grows with their number. */
    @Benchmark
    @OperationsPerInvocation(SESSIONS / 10)
    public EventBus guavaEventBus() {
        EventBus bus = new EventBus();
        PostBenchmark.Listener[] joined = new PostBenchmark.Listener[SESSIONS / 10];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = new PostBenchmark.Listener(new AtomicReference<>());
            bus.register(joined[i]);
        }
        for (PostBenchmark.Listener one : joined) {
            bus.unregister(one);
        }
        return bus;
    }
}
