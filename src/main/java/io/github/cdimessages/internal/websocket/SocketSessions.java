package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.WebSocketSessions;
import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.Ticker;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The open connections of this application. */
public class SocketSessions implements WebSocketSessions.Runner, WebSocketSessions.Identities {
    /** How long endpoints may take to hear of the application's end once they are closed, all together. */
    private static final long MOST_TO_TELL = TimeUnit.SECONDS.toNanos(2);

    private final MessageBus bus;
    private final Heartbeat heartbeat;
    private final Ticker ticker;
    private final Admission admission;

    // Mutable state: concurrent; by the server's session id
    private final Map<String, SocketSession> open = new ConcurrentHashMap<>();

    private final Verdict.Memory refused = new Verdict.Memory();

    private final WritesOfLiberty writes = new WritesOfLiberty();

    private final AtomicBoolean beating = new AtomicBoolean();

    @Inject
    SocketSessions(MessageBus bus, Heartbeat heartbeat, Ticker ticker, Admission admission) {
        this.bus = bus;
        this.heartbeat = heartbeat;
        this.ticker = ticker;
        this.admission = admission;
    }

    @Override
    public void run(Session session, Runnable work) {
        SocketSession socket = of(session, "a session", null);
        try {
            AuthenticationRevokedException why = socket.guard().verdict().enter(!session.isOpen());
            if (why != null) {
                throw why;
            }
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

    @Override
    public void set(Session session, @Nullable Identity identity) {
        if (session.isOpen()) {
            SocketSession socket = of(session, "a session", null);
            try {
                admission.identify(socket, identity);
            } finally {
                if (!session.isOpen()) {
                    end(socket); // it was closed meanwhile, perhaps before it was known
                }
            }
        }
    }

    /** Finds a connection, or takes it up with its first callback. */
    SocketSession of(Session session, String endpoint, @Nullable Class<?> type) {
        SocketSession known = open.get(session.getId());
        if (known != null) {
            return known;
        }
        if (!session.isOpen()) {
            // closed before its first callback, or a callback after the last one: nobody would remove it
            return new SocketSession(bus, ticker, endpoint, session, refused.of(session.getId()));
        }
        lookAfterThem();
        SocketSession socket = open.computeIfAbsent(
                session.getId(), id -> new SocketSession(bus, ticker, endpoint, session, new Verdict()));
        admission.admit(socket, session, type);
        return socket;
    }

    /** Whether somebody will end it: not if it was closed before its first callback, or has had its last. */
    boolean keep(SocketSession socket) {
        Session session = socket.session();
        return session == null || open.get(session.getId()) == socket;
    }

    /** Takes up a connection whose server session no callback has shown yet. */
    SocketSession unknown(String endpoint) {
        return new SocketSession(bus, ticker, endpoint, null, new Verdict());
    }

    /** Learns which server session a connection is. */
    void learn(SocketSession socket, Session session, Class<?> type) {
        socket.learn(session);
        lookAfterThem();
        open.put(session.getId(), socket);
        admission.admit(socket, session, type);
    }

    private void lookAfterThem() {
        if (beating.compareAndSet(false, true)) {
            heartbeat.begin(this::all, this::end, writes::releaseAll);
        }
    }

    void end(SocketSession socket) {
        Session session = socket.session();
        if (session != null) {
            refused.keep(session.getId(), socket.guard().verdict());
            open.remove(session.getId(), socket);
        }
        socket.end();
        if (session != null) {
            writes.release(session, socket.listening());
        }
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
     * where the client would talk to a dead application. Makes no such object for that: Open Liberty 26.0.0.3 has no
     * configuration any more then.
     */
    void closeAll(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(ApplicationEnding.SESSIONS)
                    ApplicationEnding event) {
        closeAll(all());
    }

    /** The same for a web part, of which an ear may have several, where the server would close them before that. */
    void closeAll(@Observes(notifyObserver = Reception.IF_EXISTS) EndingServlet.WebEnding event) {
        closeAll(all().stream()
                .filter(socket -> isBelow(event.contextPath(), socket.session()))
                .toList());
    }

    /** As far as that is known. */
    private static boolean isBelow(String contextPath, @Nullable Session session) {
        try {
            String path = session == null ? null : session.getRequestURI().getPath();
            return path == null || path.startsWith(contextPath + "/");
        } catch (RuntimeException e) {
            return true; // closed meanwhile
        }
    }

    private void closeAll(Collection<SocketSession> closing) {
        closing.forEach(SocketSession::cutOffSoon); // all at once: closing waits for each
        try {
            if (closing.stream().map(SocketSession::session).anyMatch(ClosingByTyrus::concerns)) {
                ClosingByTyrus.apart(closing, SocketSessions::closeAtEnd, MOST_TO_TELL);
            } else {
                closing.forEach(SocketSessions::closeAtEnd);
            }
            long end = System.nanoTime() + MOST_TO_TELL;
            for (SocketSession socket : closing) {
                socket.awaitHeardClose(end - System.nanoTime()); // what it posts still leaves
                end(socket);
            }
            writes.releaseAll(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever ends us is in a hurry: nobody is waited for
            closing.forEach(this::end);
        }
    }

    /** Ends what listens first: a callback of an ended session does not wait for a stuck listener for ever. */
    private static void closeAtEnd(SocketSession socket) {
        socket.listening().end();
        socket.close(CloseCodes.GOING_AWAY, "the application ends");
    }
}
