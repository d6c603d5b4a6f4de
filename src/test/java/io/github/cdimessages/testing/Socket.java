package io.github.cdimessages.testing;

import io.github.cdimessages.Identity;
import io.github.cdimessages.WebSocketSessions;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A WebSocket session without a server: it knows its user, and remembers how it was closed. */
public final class Socket {
    private final String id = UUID.randomUUID().toString();
    private final Principal user;
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Session session = (Session) Proxy.newProxyInstance(
            Socket.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getId", "toString" -> id;
                case "hashCode" -> id.hashCode();
                case "equals" -> proxy == arguments[0];
                case "isOpen" -> !closed.isDone();
                case "getUserPrincipal" -> user();
                case "close" -> close((CloseReason) arguments[0]);
                case "setMaxIdleTimeout" -> null;
                default -> throw new UnsupportedOperationException(method.toString());
            });

    private Socket(String user) {
        this.user = user == null ? null : () -> user;
    }

    /** A session of a user whom the server knows, before any callback. */
    public static Socket of(String user) {
        return new Socket(user);
    }

    /** A session of a user on a node, after its first callback. */
    public static Socket open(Node node, String user) {
        Socket socket = new Socket(user);
        socket.run(node, () -> {});
        return socket;
    }

    /** A session that says who it is. */
    public static Socket open(Node node, Identity identity) {
        Socket socket = open(node, (String) null);
        socket.identify(node, identity);
        return socket;
    }

    /** Runs a callback. */
    public void run(Node node, Runnable callback) {
        node.get(WebSocketSessions.Runner.class).run(session, callback);
    }

    public void identify(Node node, Identity identity) {
        node.get(WebSocketSessions.Identities.class).set(session, identity);
    }

    /** What a server gives to callbacks. */
    public Session session() {
        return session;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Waits until it is closed, and tells why. */
    public CloseReason closed() {
        return closed.orTimeout(120, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    private Principal user() {
        return user;
    }

    private Object close(CloseReason reason) {
        closed.complete(reason);
        return null;
    }
}
