package io.github.cdimessages.testing.steps;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario: its threads run one at a time, and which one goes on is decided before each access to what
 * they share. The static methods are what {@link SteppedLoader} weaves into the tested classes.
 */
public final class Steps {
    private static final ThreadLocal<Task> CURRENT = new ThreadLocal<>();
    private static final int MOST_STEPS = 5_000;
    /** A thread that waits for another by looking again and again must let it come, as a real scheduler does. */
    private static final int MOST_IN_A_ROW = 60;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "stepped");
        thread.setDaemon(true);
        return thread;
    });

    private final Decisions decisions;
    private final @Nullable List<String> trace;
    private final Semaphore over = new Semaphore(0);

    // Mutable state, used by the one thread that may run; the semaphores hand it over
    private final List<Task> tasks = new ArrayList<>();
    private final IdentityHashMap<Object, Task> holders = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Integer> depths = new IdentityHashMap<>();
    private int steps;
    private int inARow;
    private @Nullable Throwable problem;

    Steps(Decisions decisions, @Nullable List<String> trace) {
        this.decisions = decisions;
        this.trace = trace;
    }

    /** Runs all to their end and gives what went wrong. Threads that are stuck then stay where they are. */
    @Nullable
    Throwable run(List<Runnable> bodies) {
        bodies.forEach(this::add);
        next();
        over.acquireUninterruptibly();
        return problem;
    }

    /** Another thread may come here; elsewhere than in a scenario nothing happens. */
    public static void point() {
        Task me = CURRENT.get();
        if (me != null) {
            me.run().pass(me);
        }
    }

    /** Instead of a pause: its length does not matter, as any other thread may come before it ends. */
    public static void pause(long nanos) {
        point();
    }

    /** Starts one more thread of the scenario. */
    public static void start(Runnable body) {
        Task me = CURRENT.get();
        if (me == null) {
            throw new IllegalStateException("outside of a scenario's threads nothing can be started");
        }
        me.run().add(body);
        point();
    }

    /** What starts a thread in the tested code does it here. */
    public static void start(Thread thread) {
        start((Runnable) thread);
    }

    /** Before a monitor is entered. */
    public static void enter(Object monitor) {
        Task me = CURRENT.get();
        if (me != null) {
            me.run().take(me, monitor);
        }
    }

    /** After a monitor was left. */
    public static void exit(Object monitor) {
        Task me = CURRENT.get();
        if (me != null) {
            me.run().release(monitor);
        }
    }

    /** Lets others run until something has come true. */
    public static void await(BooleanSupplier condition) {
        Task me = CURRENT.get();
        while (me != null && !condition.getAsBoolean()) {
            me.waitFor(condition);
            me.run().next();
            me.pauseUntilChosen();
        }
    }

    private void add(Runnable body) {
        Task task = new Task(this, tasks.size());
        task.ranAt(steps);
        tasks.add(task);
        THREADS.execute(() -> {
            CURRENT.set(task);
            task.pauseUntilChosen();
            try {
                body.run();
            } catch (Throwable e) {
                problem = e;
            }
            CURRENT.remove();
            task.end();
            next();
        });
    }

    private void pass(Task me) {
        note(me);
        if (++steps > MOST_STEPS) {
            fail("it does not come to an end");
            me.pauseUntilChosen();
        }
        me.ranAt(steps);
        Task chosen = choose(me);
        if (chosen != me) {
            chosen.choose();
            me.pauseUntilChosen();
        }
    }

    /** Hands over to another thread, because the last one has ended or waits. */
    private void next() {
        List<Task> ready = tasks.stream().filter(Task::isReady).toList();
        if (problem != null || tasks.stream().allMatch(Task::isDone)) {
            over.release();
        } else if (ready.isEmpty()) {
            fail("all wait for each other");
        } else {
            inARow = 0;
            ready.get(decisions.among(ready.size())).choose();
        }
    }

    private Task choose(Task me) {
        List<Task> others =
                tasks.stream().filter(task -> task != me && task.isReady()).toList();
        if (others.isEmpty()) {
            return me;
        }
        if (++inARow > MOST_IN_A_ROW) {
            inARow = 0;
            return Collections.min(others, Comparator.comparingInt(Task::lastRun));
        }
        int choice = decisions.preempt(others.size());
        if (choice == 0) {
            return me;
        }
        inARow = 0;
        return others.get(choice - 1);
    }

    private void take(Task me, Object monitor) {
        if (holders.get(monitor) != me) {
            pass(me);
            await(() -> !holders.containsKey(monitor));
            holders.put(monitor, me);
        }
        depths.merge(monitor, 1, Integer::sum);
    }

    private void release(Object monitor) {
        if (depths.merge(monitor, -1, Integer::sum) == 0) {
            depths.remove(monitor);
            holders.remove(monitor);
        }
    }

    private void fail(String what) {
        problem = new AssertionError(what);
        over.release();
    }

    private void note(Task me) {
        if (trace != null) {
            StackWalker.getInstance()
                    .walk(frames -> frames.filter(
                                    frame -> !frame.getClassName().startsWith(Steps.class.getPackageName()))
                            .findFirst())
                    .ifPresent(frame -> trace.add("thread " + me.number() + " before " + frame));
        }
    }
}
