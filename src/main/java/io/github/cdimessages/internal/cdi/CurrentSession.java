package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;

/** Finds the session in which a call listens: the one whose code this thread runs, else its request. */
class CurrentSession {
    private final MessageBus bus;
    private final RequestSession request;

    @Inject
    CurrentSession(MessageBus bus, RequestSession request) {
        this.bus = bus;
        this.request = request;
    }

    BusSession forChannel(String channel) {
        BusSession running = bus.current();
        if (running != null) {
            return running;
        }
        try {
            return request.listening();
        } catch (ContextNotActiveException e) {
            throw new ContextNotActiveException(
                    "channel '" + channel + "': there is no session here to listen in. Listen in a callback of a"
                            + " WebSocket endpoint, in a listener, or where a request context is active; or inject"
                            + " @ApplicationWide Messages to listen as long as the application lives",
                    e);
        }
    }
}
