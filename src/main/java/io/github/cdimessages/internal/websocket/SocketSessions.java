package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open connections of this application. */
@Singleton
public class SocketSessions {
    private static final Logger LOG = System.getLogger(SocketSessions.class.getName());

    private final MessageBus bus;

    // Mutable state: concurrent; by the server's session id
    private final Map<String, SocketSession> open = new ConcurrentHashMap<>();

    @Inject
    SocketSessions(MessageBus bus) {
        this.bus = bus;
    }

    /** Finds a connection, or takes it up with its first callback. */
    SocketSession of(Session session, String endpoint) {
        SocketSession known = open.get(session.getId());
        if (known != null) {
            return known;
        }
        if (!session.isOpen()) {
            return new SocketSession(bus, endpoint, session); // a callback after the last one: nobody would remove it
        }
        return open.computeIfAbsent(session.getId(), id -> new SocketSession(bus, endpoint, session));
    }

    /** Takes up a connection whose server session no callback has shown yet. */
    SocketSession unknown(String endpoint) {
        return new SocketSession(bus, endpoint, null);
    }

    /** Learns which server session a connection is. */
    void learn(SocketSession socket, Session session) {
        socket.learn(session);
        open.put(session.getId(), socket);
    }

    void end(SocketSession socket) {
        Session session = socket.session();
        if (session != null) {
            open.remove(session.getId(), socket);
        }
        socket.end();
    }

    /** How many connections are open. */
    public int count() {
        return open.size();
    }

    /**
     * Closes every connection with 1001 (going away) when the application ends: Payara 6 leaves them open at undeploy,
     * where the client would talk to a dead application.
     */
    void closeAll(@Observes @Priority(ApplicationEnding.SESSIONS) ApplicationEnding event) {
        for (SocketSession socket : new ArrayList<>(open.values())) {
            close(socket.session());
            end(socket);
        }
    }

    private static void close(@Nullable Session session) {
        try {
            if (session != null && session.isOpen()) {
                session.close(new CloseReason(CloseCodes.GOING_AWAY, "the application ends"));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a WebSocket session could not be closed; it may have been closed meanwhile", e);
        }
    }
}
