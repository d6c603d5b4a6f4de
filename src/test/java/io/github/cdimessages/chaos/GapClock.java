package io.github.cdimessages.chaos;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.internal.bus.Announcements;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Notes when the library says that there is a gap: the observers hear of it later, by a thread of its own. */
@Decorator
@Priority(1)
public class GapClock implements Announcements {
    @Inject
    @Delegate
    @Any
    Announcements announcer;

    @Inject
    Announced announced;

    @Override
    public void announce(Object event) {
        if (event instanceof ChannelGap gap) {
            announced.isSaid(gap, System.nanoTime());
        }
        announcer.announce(event);
    }
}
