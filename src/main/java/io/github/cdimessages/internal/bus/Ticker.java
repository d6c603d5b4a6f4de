package io.github.cdimessages.internal.bus;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Does something again and again until the application ends. What may wait is executed on threads of its own, so that
 * the clock goes on when every worker is stuck in a listener.
 */
public interface Ticker extends Executor {

    /** Begins; the work must not wait for anything, and is not overtaken by its next run. */
    void every(Duration pause, Runnable work);
}
