package io.github.cdimessages;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/**
 * Binds code to a WebSocket session where CDI does not see the callback: in a subclass of {@code Endpoint}, in a
 * message handler that was added by code, and in an annotated endpoint that the server creates without CDI.
 *
 * <pre>{@code
 * public void onOpen(Session session, EndpointConfig config) {
 *     session.addMessageHandler(String.class, text ->
 *         WebSocketSessions.run(session, () -> messages.postMessage("chat", new Line(text))));
 *     WebSocketSessions.run(session, () -> messages.addListener("chat", Line.class, this::show));
 * }
 * }</pre>
 *
 * <p>In the callbacks of an annotated endpoint that CDI creates nothing of this is needed.
 */
public final class WebSocketSessions {
    private WebSocketSessions() {}

    /**
     * Runs work as if it were a callback of a session: {@link Messages} is that session's,
     * {@link WebSocketSessionScoped} and a request context are active, and none of the session's listeners runs
     * meanwhile. What listens ends when the session closes; the library notices that by itself.
     *
     * <p>Thread rule: runs the work on the calling thread, once no listener or callback of the session runs.
     *
     * @param session the session, not null
     * @param work what to run; what it throws is thrown here
     * @throws AuthenticationRevokedException if the session's login was revoked, or can't be checked; the work is not
     *     run. After the session was closed for that, work runs again if some has run before, so that it can clean up
     * @throws IllegalStateException if the library is not part of the application that calls
     */
    public static void run(Session session, Runnable work) {
        requireNonNull(session, "session");
        requireNonNull(work, "work");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (!knowsApplication()) {
            thread.setContextClassLoader(work.getClass().getClassLoader());
        }
        try {
            select(Runner.class).run(session, work);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Says who is behind a session from now on, as after a login by its first message. Revocations then close it.
     *
     * <pre>{@code
     * Instant before = Instant.now();
     * String user = passwords.check(login);
     * WebSocketSessions.setIdentity(session, Identity.of(user).authenticatedAt(before));
     * }</pre>
     *
     * <p>Give the time before the check, or when the token was issued: so a revocation during the check is not missed.
     *
     * @param session the session, not null
     * @param identity who it is; null for nobody, as after a logout
     * @throws AuthenticationRevokedException if that login has been revoked; the session is being closed
     * @throws IllegalStateException if the library is not part of the application that calls
     */
    public static void setIdentity(Session session, @Nullable Identity identity) {
        requireNonNull(session, "session");
        select(Identities.class).set(session, identity);
    }

    /** WildFly 39 calls {@code Endpoint.onClose} on a thread without an application when a connection breaks. */
    private static boolean knowsApplication() {
        try {
            CDI.current();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static <T> T select(Class<T> part) {
        Instance<T> parts = CDI.current().select(part);
        if (parts.isUnsatisfied()) {
            throw new IllegalStateException("WebSocketSessions: cdi-messages is not active in this application;"
                    + " it must lie in WEB-INF/lib, and a beans.xml in WEB-INF");
        }
        return parts.get();
    }

    /** What runs the work; the library implements it. */
    @FunctionalInterface
    public interface Runner {

        /**
         * Runs work as a callback of a session.
         *
         * @param session the session
         * @param work what to run
         */
        void run(Session session, Runnable work);
    }

    /** What files the identities; the library implements it. */
    @FunctionalInterface
    public interface Identities {

        /**
         * Says who is behind a session.
         *
         * @param session the session
         * @param identity who it is, or null
         */
        void set(Session session, @Nullable Identity identity);
    }
}
