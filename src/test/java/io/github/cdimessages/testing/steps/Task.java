package io.github.cdimessages.testing.steps;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread of a run: it rests until it is chosen. */
final class Task {
    private final Steps run;
    private final int number;
    private final Semaphore chosen = new Semaphore(0);

    // Mutable state, used by the one thread that may run
    private @Nullable BooleanSupplier condition;
    private boolean done;
    private int lastRun;

    Task(Steps run, int number) {
        this.run = run;
        this.number = number;
    }

    Steps run() {
        return run;
    }

    int number() {
        return number;
    }

    void choose() {
        condition = null;
        chosen.release();
    }

    void pauseUntilChosen() {
        chosen.acquireUninterruptibly();
    }

    void waitFor(BooleanSupplier what) {
        condition = what;
    }

    void ranAt(int step) {
        lastRun = step;
    }

    int lastRun() {
        return lastRun;
    }

    void end() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    boolean isReady() {
        return !done && (condition == null || condition.getAsBoolean());
    }
}
