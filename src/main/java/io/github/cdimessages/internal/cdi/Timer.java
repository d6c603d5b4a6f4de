package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.settings.Settings;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ticks by the server's managed scheduler, or by a thread of our own. */
class Timer implements Ticker {
    private static final Logger LOG = System.getLogger(Timer.class.getName());
    private static final int MOST = 32;

    private final Workers helpers;
    private final OwnThreads threads;

    // Mutable state: the queue is concurrent; the scheduler is guarded by this object's monitor
    private final Queue<Future<?>> ticking = new ConcurrentLinkedQueue<>();
    private @Nullable ScheduledExecutorService own;

    /** To be made when the application starts: what is executed later has the contexts of this call. */
    @Inject
    Timer(Settings settings, OwnThreads threads) {
        this.helpers = ManagedThreads.helpers(settings, threads, MOST);
        this.threads = threads;
    }

    @Override
    public void every(Duration pause, Runnable work) {
        Optional<ScheduledExecutorService> managed = ManagedThreads.scheduler();
        Runnable inContext =
                managed.isPresent() ? work : ManagedThreads.contextual().apply(work);
        ticking.add(managed.orElseGet(this::ownScheduler)
                .scheduleWithFixedDelay(() -> tick(inContext), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void execute(Runnable work) {
        helpers.execute(work);
    }

    void end() {
        ticking.forEach(one -> one.cancel(false));
        helpers.stop(threads); // stages of posts are completed even if the server's executor has ended
        stopOwn();
    }

    /** A scheduler does not call again what has thrown. */
    private static void tick(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a regular task failed; it runs again", e);
        }
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
