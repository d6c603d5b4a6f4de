package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Observes what has arrived and hands it to those who wait for it; runs none of their code. */
class Dispatcher {
    private final MessageBus bus;

    @Inject
    Dispatcher(MessageBus bus) {
        this.bus = bus;
    }

    void dispatch(@Observes Arrival arrival) {
        bus.dispatch(arrival.event());
    }
}
