package io.github.cdimessages.internal.cdi;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Begins and ends with the application. */
class Lifecycle {
    private final MessageBus bus;
    private final OwnThreads threads;
    private final Event<ApplicationEnding> ending;

    @Inject
    Lifecycle(MessageBus bus, OwnThreads threads, Event<ApplicationEnding> ending) {
        this.bus = bus;
        this.threads = threads;
        this.ending = ending;
    }

    /** Makes the bus, before the application's own observers of the same event, which may post and listen. */
    void start(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object context) {
        // nothing more to do: this bean needs the bus, so it is there
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        ending.fire(new ApplicationEnding());
    }

    void endBus(@Observes @Priority(ApplicationEnding.BUS) ApplicationEnding event) {
        bus.stop();
    }

    void endThreads(@Observes @Priority(ApplicationEnding.THREADS) ApplicationEnding event) {
        threads.close();
    }
}
