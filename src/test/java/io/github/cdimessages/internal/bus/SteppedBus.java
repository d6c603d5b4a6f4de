package io.github.cdimessages.internal.bus;

import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.testing.steps.Steps;

/** A bus whose workers are threads of a scenario. */
final class SteppedBus {
    private SteppedBus() {}

    static MessageBus make() {
        MessageBus[] made = new MessageBus[1];
        made[0] = new MessageBus(new BusParts(
                "here",
                10,
                OverflowPolicy.DROP_OLDEST,
                10,
                OverflowPolicy.DROP_OLDEST,
                new MessageTypes(),
                new Engine.Text(),
                new Workers(Steps::start, 2, worker -> worker),
                Steps::start,
                Work::run,
                event -> made[0].dispatch(event),
                Announcements.NONE,
                null));
        return made[0];
    }
}
