package io.github.cdimessages.internal.cdi;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.redis.RedisLifecycle;
import io.github.cdimessages.internal.revocation.Revocations;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Begins and ends with the application. */
class Lifecycle {
    private final MessagesExtension deployment;
    private final MessageBus bus;
    private final Revocations revocations;
    private final Network network;
    private final RedisLifecycle redis;
    private final Ending parts;
    private final Event<ApplicationEnding> ending;

    @Inject
    Lifecycle(
            MessagesExtension deployment,
            MessageBus bus,
            Revocations revocations,
            Network network,
            RedisLifecycle redis,
            Workers workers,
            Timer timer,
            OwnThreads threads,
            Event<ApplicationEnding> ending) {
        this.deployment = deployment;
        this.network = network;
        this.redis = redis;
        this.bus = bus;
        this.revocations = revocations;
        this.parts = new Ending(bus, revocations, redis, workers, timer, threads);
        this.ending = ending;
    }

    /** Comes before the application's own observers of the same event, which may post and listen. */
    void start(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object context) {
        revocations.start();
        network.start(revocations.before(bus));
        if (!deployment.hasEjb()) {
            redis.start();
        }
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        ending.fire(new ApplicationEnding());
    }

    void endBus(@Observes @Priority(ApplicationEnding.BUS) ApplicationEnding event) {
        parts.endBus();
    }

    void endThreads(@Observes @Priority(ApplicationEnding.THREADS) ApplicationEnding event) {
        parts.endThreads();
    }
}
