package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.redis.RedisLifecycle;
import io.github.cdimessages.internal.revocation.Revocations;

/** Ends what runs, each part once. */
record Ending(
        MessageBus bus, Revocations revocations, RedisLifecycle redis, Workers workers, Timer timer, OwnThreads threads)
        implements Runnable {

    /** All of it, where nobody has been told that the application ends. */
    @Override
    public void run() {
        endBus();
        redis.stop();
        endThreads();
    }

    void endBus() {
        revocations.stop();
        bus.stop();
    }

    void endThreads() {
        workers.stop();
        timer.end();
        threads.close();
    }
}
