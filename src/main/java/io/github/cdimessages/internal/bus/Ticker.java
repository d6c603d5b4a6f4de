package io.github.cdimessages.internal.bus;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Does something again and again until the application ends. What may wait is executed on other threads than those of
 * the workers, so that it goes on when each of them is stuck in a listener, which may be waiting for just that.
 */
public interface Ticker extends Executor {

    /** Begins; the work must not wait for anything, and is not overtaken by its next run. */
    void every(Duration pause, Runnable work);
}
