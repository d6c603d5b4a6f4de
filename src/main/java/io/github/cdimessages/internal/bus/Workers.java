package io.github.cdimessages.internal.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is ready on few threads of a container's executor: one task there serves many sessions, so that a delivery
 * does not pay for the capture of a caller's context, nor carries it along.
 */
public final class Workers implements Executor {
    private static final Logger LOG = System.getLogger(Workers.class.getName());
    /** Before the first retry; each next pause is twice as long, as servers log a refusal at length. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    /** Three seconds in all: a carrier that refuses longer has ended, or its next task finds out that it has not. */
    private static final int MOST_RETRIES = 5;

    private final Executor carrier;
    private final int most;
    private final Runnable inContext;
    private final Jam jam;

    // Mutable state: each is atomic; why together they forget no task is told at start(), visit() and refused()
    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean starting = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile @Nullable ThreadFactory last;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicBoolean retrying = new AtomicBoolean();

    /**
     * Uses at most so many threads of the carrier at a time, each made ready for the application by {@code wrapper}.
     */
    public Workers(Executor carrier, int most, UnaryOperator<Runnable> wrapper) {
        this(carrier, most, wrapper, new Jam(most));
    }

    Workers(Executor carrier, int most, UnaryOperator<Runnable> wrapper, Jam jam) {
        this.jam = jam;
        this.carrier = carrier;
        this.most = most;
        this.inContext = wrapper.apply(this::work);
    }

    /** Runs a task soon, never on the calling thread. A session files itself once at a time, which bounds the queue. */
    @Override
    public void execute(Runnable task) {
        ready.add(task);
        start();
        if (running.get() >= most) {
            jam.full();
        }
        if (stopped) {
            finish();
        }
    }

    /** Waits until no task is ready or runs, but not longer than said; for the end of the application. */
    void awaitQuiet(Duration atMost) {
        long begun = System.nanoTime();
        while ((running.get() > 0 || !ready.isEmpty())
                && System.nanoTime() - begun < atMost.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Starts no worker any more; those that run finish what is ready. Nothing of ours outlives the application. */
    public void stop() {
        stopped = true;
    }

    /**
     * Stops, and runs on a thread of this factory what no worker has taken, also what comes later: a server's executor
     * may end before us, and who waits for what is ready would wait for ever. Waits a second for that, and interrupts.
     */
    public void stop(ThreadFactory threads) {
        last = threads;
        stopped = true; // whoever filed a task before and has not seen this is served now, all others call finish()
        Thread finishing = finish();
        if (finishing != null) {
            try {
                finishing.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            finishing.interrupt();
        }
    }

    private @Nullable Thread finish() {
        ThreadFactory threads = last;
        if (threads == null || ready.isEmpty()) {
            return null;
        }
        Thread thread = threads.newThread(() -> {
            for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
                run(task);
            }
        });
        thread.start();
        return thread;
    }

    /**
     * Starts one worker unless one is starting already. Whoever finds {@code starting} set leaves its task to that
     * worker, which clears the flag before it looks into the queue. Whoever sets it in vain clears it and looks again:
     * a worker may have left in between and found the flag set.
     */
    private void start() {
        while (!stopped && !ready.isEmpty() && running.get() < most && starting.compareAndSet(false, true)) {
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
            carrier.execute(this::visit);
        } catch (Throwable e) { // also an Error: there may be no memory for one more thread
            starting.set(false);
            running.decrementAndGet();
            refused(e);
        }
    }

    /** Serves tasks until none is ready, and looks once more after it has signed off. */
    private void visit() {
        starting.set(false);
        try {
            inContext.run();
        } catch (Throwable e) { // from what surrounds the work: the application may not be ready yet
            running.decrementAndGet();
            refused(e);
            return;
        }
        refusals.set(0);
        running.decrementAndGet();
        start();
    }

    private void work() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            jam.moves();
            start();
            run(task);
        }
    }

    /**
     * Asks again after a pause: others may have left their tasks to the worker that could not come. The thread is our
     * own, as there is no other, and at once gone again.
     */
    private void refused(Throwable problem) {
        if (stopped || !retrying.compareAndSet(false, true)) {
            return;
        }
        if (refusals.incrementAndGet() > MOST_RETRIES) {
            LOG.log(
                    Level.WARNING,
                    "no message is delivered: the executor takes no work, and is asked again with the next message. Let"
                            + " it take more, or name another one by 'messages.executor'",
                    problem);
            retrying.set(false);
        } else {
            LOG.log(Level.DEBUG, "the executor took no work; it is asked again", problem);
            Thread thread = new Thread(this::retry, "messages-retry");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void retry() {
        LockSupport.parkNanos(PAUSE << Math.max(0, refusals.get() - 1));
        retrying.set(false);
        start();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a task of the library failed; please report it", e);
        } finally {
            Thread.interrupted(); // a listener's interrupt must not hit the next session on this thread
        }
    }
}
