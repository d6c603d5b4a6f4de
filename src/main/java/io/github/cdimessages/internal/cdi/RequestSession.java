package io.github.cdimessages.internal.cdi;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * What listens for the length of a request: the extension makes it request scoped, and its end is the bean's. The
 * annotation is not written here, or discovery would find the bean a second time.
 */
class RequestSession {
    private final @Nullable MessageBus bus;

    // Mutable state, guarded by this object's monitor: a request may work with several threads
    private @Nullable BusSession session;

    /** For the client proxy alone. */
    RequestSession() {
        bus = null;
    }

    @Inject
    RequestSession(MessageBus bus) {
        this.bus = bus;
    }

    /** Opens the session when somebody first listens: most requests never do. */
    synchronized BusSession listening() {
        BusSession open = session;
        if (open == null) {
            open = requireNonNull(bus).open("this request");
            session = open;
        }
        return open;
    }

    @PreDestroy
    synchronized void end() {
        if (session != null) {
            session.endHinting();
        }
    }
}
