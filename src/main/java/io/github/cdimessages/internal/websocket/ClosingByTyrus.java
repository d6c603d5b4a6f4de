package io.github.cdimessages.internal.websocket;

import jakarta.websocket.Session;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes what Tyrus has opened, the server part of Payara and GlassFish. Payara 6.2025.10 puts the request with which a
 * connection began, and so the application, into a cache of the thread that closes it. A thread of the server keeps it
 * there until it serves other requests of its kind, one that undeploys for ever: so such a thread must not close.
 */
final class ClosingByTyrus {
    private ClosingByTyrus() {}

    static boolean concerns(@Nullable Session session) {
        return session != null && session.getClass().getName().startsWith("org.glassfish.tyrus.");
    }

    /**
     * Does it on a thread that ends with it, and waits for that while one after the other is closed, for each at most
     * as long as said. An {@code @OnClose} may itself wait for who waits here: Payara 6 and 7 hold a monitor while the
     * web part ends, which {@code ServletContext.getRealPath} needs.
     */
    static void apart(Collection<SocketSession> closing, Consumer<SocketSession> close, long nanos)
            throws InterruptedException {
        AtomicInteger closed = new AtomicInteger();
        Thread thread = new Thread(
                () -> closing.forEach(each -> {
                    close.accept(each);
                    closed.incrementAndGet();
                }),
                "messages-closing");
        thread.setDaemon(true);
        thread.start();
        int before;
        do {
            before = closed.get();
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        } while (thread.isAlive() && closed.get() > before);
    }
}
