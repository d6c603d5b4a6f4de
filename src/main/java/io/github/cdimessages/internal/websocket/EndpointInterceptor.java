package io.github.cdimessages.internal.websocket;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks of an annotated endpoint as their WebSocket session's own, and ends it after the last. The
 * extension makes {@code @ServerEndpoint} itself the binding: that is the one way that WildFly 39, Payara 6 and 7 and
 * GlassFish 8 have in common, as Payara builds endpoints from the raw class.
 *
 * <p>There is one interceptor for each endpoint object, so callbacks without a Session parameter find theirs here.
 */
public class EndpointInterceptor implements Serializable { // or a @SessionScoped endpoint would not deploy on WildFly
    private static final long serialVersionUID = 1L;

    private final transient SocketSessions sockets;

    // Mutable state, guarded by this object's monitor
    private transient @Nullable SocketSession mine;
    private transient boolean shared;
    private transient @Nullable Hears hears;

    @Inject
    EndpointInterceptor(SocketSessions sockets) {
        this.sockets = sockets;
    }

    @AroundInvoke
    @Nullable
    Object call(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        if (!isCallback(method)) {
            return invocation.proceed();
        }
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() != null) {
            return callback(invocation, method);
        }
        // Payara 6.2025.10 runs @OnClose so where the client answers first; its proxies don't work without
        thread.setContextClassLoader(invocation.getTarget().getClass().getClassLoader());
        try {
            return callback(invocation, method);
        } finally {
            thread.setContextClassLoader(null);
        }
    }

    private @Nullable Object callback(InvocationContext invocation, Method method) throws Exception {
        Class<?> type = invocation.getTarget().getClass();
        SocketSession socket = socket(type, method, sessionIn(invocation.getParameters()));
        try {
            if (socket.guard().verdict().enter(isLast(method)) != null) {
                return null; // it is being closed
            }
            Hears hears = hears(type);
            if (hears.pongs()) {
                socket.pulse().watched();
            }
            if (hears.close()) {
                socket.hearsClose();
            }
            return socket.call(invocation::proceed);
        } finally {
            if (method.isAnnotationPresent(OnClose.class)) {
                sockets.end(socket);
                socket.heardClose();
            } else if (!sockets.keep(socket)) { // as @OnOpen on a busy WildFly 39, whose client has gone by then
                sockets.end(socket);
            }
        }
    }

    /** Ends the session of an endpoint without {@code @OnClose}; WildFly 39 calls this up to three times. */
    @PreDestroy
    void destroyed(InvocationContext invocation) throws Exception {
        try {
            invocation.proceed();
        } finally {
            SocketSession last = onlyOne();
            if (last != null) {
                sockets.end(last);
            }
        }
    }

    private synchronized SocketSession socket(Class<?> type, Method method, @Nullable Session session) {
        String endpoint = method.getDeclaringClass().getName();
        SocketSession known = mine;
        if (session == null) {
            // an object that WildFly 39 and Open Liberty share, as it is @ApplicationScoped, opens a second connection
            if (!shared && known != null && method.isAnnotationPresent(OnOpen.class)) {
                shared = true;
                sockets.end(known); // nobody could tell any more whose it is
            }
            if (shared) {
                throw new IllegalStateException(method + ": the endpoint object serves several connections, so this"
                        + " callback must say which; give it a parameter of type jakarta.websocket.Session");
            }
            mine = known == null ? sockets.unknown(endpoint) : known;
            return mine;
        }
        if (known != null && known.session() == null) {
            sockets.learn(known, session, type);
            return known;
        }
        SocketSession socket = sockets.of(session, endpoint, type);
        shared |= known != null && known != socket;
        mine = socket;
        return socket;
    }

    /** Whether the pongs come through here, as the endpoint has a callback for them. */
    private synchronized Hears hears(Class<?> endpoint) {
        Hears known = hears;
        if (known == null) {
            known = new Hears(
                    hasMethod(endpoint, EndpointInterceptor::takesPongs),
                    hasMethod(endpoint, method -> method.isAnnotationPresent(OnClose.class)));
            hears = known;
        }
        return known;
    }

    /** Which callbacks an endpoint has. */
    private record Hears(boolean pongs, boolean close) {}

    private static boolean hasMethod(Class<?> endpoint, Predicate<Method> wanted) {
        return Stream.<Class<?>>iterate(endpoint, Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .anyMatch(wanted);
    }

    private static boolean takesPongs(Method method) {
        return method.isAnnotationPresent(OnMessage.class)
                && List.of(method.getParameterTypes()).contains(PongMessage.class);
    }

    private synchronized @Nullable SocketSession onlyOne() {
        return shared ? null : mine;
    }

    private static boolean isCallback(Method method) {
        return method.isAnnotationPresent(OnMessage.class)
                || method.isAnnotationPresent(OnOpen.class)
                || method.isAnnotationPresent(OnClose.class)
                || method.isAnnotationPresent(OnError.class);
    }

    private static boolean isLast(Method method) {
        return method.isAnnotationPresent(OnClose.class) || method.isAnnotationPresent(OnError.class);
    }

    private static @Nullable Session sessionIn(Object[] parameters) {
        for (Object parameter : parameters) {
            if (parameter instanceof Session session) {
                return session;
            }
        }
        return null;
    }
}
