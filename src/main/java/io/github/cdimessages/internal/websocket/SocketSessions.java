package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.WebSocketSessions;
import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The open connections of this application. */
public class SocketSessions implements WebSocketSessions.Runner {
    private final MessageBus bus;
    private final Heartbeat heartbeat;

    // Mutable state: concurrent; by the server's session id
    private final Map<String, SocketSession> open = new ConcurrentHashMap<>();

    private final AtomicBoolean beating = new AtomicBoolean();

    @Inject
    SocketSessions(MessageBus bus, Heartbeat heartbeat) {
        this.bus = bus;
        this.heartbeat = heartbeat;
    }

    @Override
    public void run(Session session, Runnable work) {
        SocketSession socket = of(session, "a session");
        try {
            socket.call(() -> {
                work.run();
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a Runnable threw a checked exception", e);
        } finally {
            if (!session.isOpen()) {
                end(socket);
            }
        }
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
        lookAfterThem();
        return open.computeIfAbsent(session.getId(), id -> new SocketSession(bus, endpoint, session));
    }

    /** Takes up a connection whose server session no callback has shown yet. */
    SocketSession unknown(String endpoint) {
        return new SocketSession(bus, endpoint, null);
    }

    /** Learns which server session a connection is. */
    void learn(SocketSession socket, Session session) {
        socket.learn(session);
        lookAfterThem();
        open.put(session.getId(), socket);
    }

    private void lookAfterThem() {
        if (beating.compareAndSet(false, true)) {
            heartbeat.begin(this::all, this::end);
        }
    }

    void end(SocketSession socket) {
        Session session = socket.session();
        if (session != null) {
            open.remove(session.getId(), socket);
        }
        socket.end();
    }

    private Collection<SocketSession> all() {
        return new ArrayList<>(open.values());
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
        all().forEach(SocketSession::cutOffSoon); // all at once: closing waits for each
        for (SocketSession socket : all()) {
            socket.listening()
                    .end(); // first: a callback of an ended session does not wait for a stuck listener for ever
            socket.close(CloseCodes.GOING_AWAY, "the application ends");
            end(socket);
        }
    }
}
