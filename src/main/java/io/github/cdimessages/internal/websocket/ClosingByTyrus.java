package io.github.cdimessages.internal.websocket;

import jakarta.websocket.Session;
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

    /** Does it on a thread that ends with it, and waits for that. */
    static void apart(Runnable closing) {
        Thread thread = new Thread(closing, "messages-closing");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever ends us is in a hurry
        }
    }
}
