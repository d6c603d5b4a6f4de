package io.github.cdimessages.demo.launcher;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process does. */
final class Wait {
    private static final int STEP_MILLIS = 200;

    private Wait() {}

    /** Waits until something is so, as long as it still can become so. */
    static void until(Duration patience, BooleanSupplier done, BooleanSupplier possible, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (!possible.getAsBoolean() || System.nanoTime() > deadline) {
                throw new CannotStart(otherwise.get());
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStart("interrupted while it was starting", e);
            }
        }
    }
}
