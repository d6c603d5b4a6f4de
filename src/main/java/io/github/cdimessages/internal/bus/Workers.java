package io.github.cdimessages.internal.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Runs what is ready on few threads of a container's executor: one task there serves many sessions, so that a delivery
 * does not pay for the capture of a caller's context, nor carries it along.
 */
public final class Workers implements Executor {
    private static final Logger LOG = System.getLogger(Workers.class.getName());

    private final Executor carrier;
    private final int most;
    private final Runnable work;

    // Mutable state: each is atomic; why together they forget no task is told at start() and work()
    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean starting = new AtomicBoolean();

    /**
     * Uses at most so many threads of the carrier at a time, each made ready for the application by {@code wrapper}.
     */
    public Workers(Executor carrier, int most, UnaryOperator<Runnable> wrapper) {
        this.carrier = carrier;
        this.most = most;
        this.work = wrapper.apply(this::work);
    }

    /** Runs a task soon, never on the calling thread. A session files itself once at a time, which bounds the queue. */
    @Override
    public void execute(Runnable task) {
        ready.add(task);
        start();
    }

    /**
     * Starts one worker unless one is starting already. Whoever finds {@code starting} set leaves its task to that
     * worker, which clears the flag before it looks into the queue. Whoever sets it in vain clears it and looks again:
     * a worker may have left in between and found the flag set.
     */
    private void start() {
        while (!ready.isEmpty() && running.get() < most && starting.compareAndSet(false, true)) {
            if (running.get() < most) {
                running.incrementAndGet();
                launch();
                return;
            }
            starting.set(false);
        }
    }

    private void launch() {
        try {
            carrier.execute(work);
        } catch (RejectedExecutionException e) {
            running.decrementAndGet();
            starting.set(false);
            LOG.log(Level.DEBUG, "no delivery any more: the executor has been shut down", e);
        }
    }

    /** Serves tasks until none is ready, and looks once more after it has signed off. */
    private void work() {
        starting.set(false);
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            start();
            run(task);
        }
        running.decrementAndGet();
        start();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a task of the library failed; please report it", e);
        }
    }
}
