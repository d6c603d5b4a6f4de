package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.internal.bus.Workers;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ticks by the server's managed scheduler, or by a thread of our own. */
class Timer implements Ticker {
    private final Workers workers;
    private final OwnThreads threads;

    // Mutable state: the queue is concurrent; the scheduler is guarded by this object's monitor
    private final Queue<Future<?>> ticking = new ConcurrentLinkedQueue<>();
    private @Nullable ScheduledExecutorService own;

    @Inject
    Timer(Workers workers, OwnThreads threads) {
        this.workers = workers;
        this.threads = threads;
    }

    @Override
    public void every(Duration pause, Runnable work) {
        AtomicBoolean busy = new AtomicBoolean();
        Runnable once = () -> {
            try {
                work.run();
            } finally {
                busy.set(false);
            }
        };
        Runnable tick = () -> {
            if (busy.compareAndSet(false, true)) {
                workers.execute(once);
            }
        };
        ticking.add(ManagedThreads.scheduler()
                .orElseGet(this::ownScheduler)
                .scheduleWithFixedDelay(tick, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    void end(@Observes @Priority(ApplicationEnding.THREADS) ApplicationEnding event) {
        ticking.forEach(one -> one.cancel(false));
        stopOwn();
    }

    private synchronized ScheduledExecutorService ownScheduler() {
        ScheduledExecutorService scheduler = own == null ? Executors.newSingleThreadScheduledExecutor(threads) : own;
        own = scheduler;
        return scheduler;
    }

    private synchronized void stopOwn() {
        if (own != null) {
            own.shutdownNow();
        }
    }
}
