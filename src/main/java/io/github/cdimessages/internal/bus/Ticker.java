package io.github.cdimessages.internal.bus;

import java.time.Duration;

/** Does something again and again on a worker, until the application ends. */
public interface Ticker {

    /** Begins; a run that takes longer than the pause is not overtaken by the next. */
    void every(Duration pause, Runnable work);
}
