package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.SessionOwner;
import io.github.cdimessages.internal.bus.Work;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection: what listens in it, and the application's beans that live as long. */
final class SocketSession implements SessionOwner {
    private static final Logger LOG = System.getLogger(SocketSession.class.getName());

    private final BusSession listening;
    private final ClassLoader application;

    // Mutable state, guarded by this object's monitor
    private @Nullable Session session;
    private final Map<Contextual<?>, Bean<?>> beans = new LinkedHashMap<>();
    private boolean ended;

    // How it answers pings; volatile, written by whoever sees a sign of life and by the one heartbeat
    private volatile boolean watched;
    private volatile boolean silent;

    SocketSession(MessageBus bus, String endpoint, @Nullable Session session) {
        this.session = session;
        String name = session == null ? endpoint : endpoint + " (session " + session.getId() + ")";
        this.listening = bus.openExclusive("the WebSocket session of " + name, this);
        this.application = Thread.currentThread().getContextClassLoader();
    }

    BusSession listening() {
        return listening;
    }

    /** Runs a callback, which is a sign of life of its client. */
    @Nullable
    Object call(Work callback) throws Exception {
        answered();
        return listening.call(callback);
    }

    synchronized @Nullable Session session() {
        return session;
    }

    /** Notes a sign of life. */
    void answered() {
        silent = false;
    }

    /** Whether pongs are seen: only then silence proves that the other side is gone. */
    boolean isWatched() {
        return watched;
    }

    void watched() {
        watched = true;
    }

    /** Tells whether there was a sign of life since the last call, and waits for the next. */
    boolean expectAnswer() {
        boolean answered = !silent || !watched;
        silent = true;
        return answered;
    }

    /** Learns which connection it is: a callback without a Session parameter may have come first. */
    synchronized void learn(Session known) {
        session = known;
    }

    @Override
    public void closeOverloaded() {
        close(CloseCodes.TRY_AGAIN_LATER, "too many messages are waiting; connect again");
    }

    /** Closes the connection, if it is known and open; the server calls back then. */
    void close(CloseCodes code, String reason) {
        Session closing = session();
        try {
            if (closing != null && closing.isOpen()) {
                closing.close(new CloseReason(code, reason));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, listening + " could not be closed; it may have been closed meanwhile", e);
        }
    }

    synchronized <T> @Nullable T find(Contextual<T> contextual) {
        Bean<T> bean = filed(contextual);
        return bean == null ? null : bean.instance();
    }

    /**
     * Finds a bean or makes it. The monitor is held meanwhile, so that there is one; callbacks exclude each other
     * anyway.
     */
    synchronized <T> T obtain(Contextual<T> contextual, CreationalContext<T> creation) {
        Bean<T> bean = filed(contextual);
        if (bean == null) {
            if (ended) {
                throw new IllegalStateException(listening + " has ended; it takes no beans any more");
            }
            bean = new Bean<>(contextual, contextual.create(creation), creation);
            beans.put(contextual, bean);
        }
        return bean.instance();
    }

    void destroy(Contextual<?> contextual) {
        Bean<?> bean;
        synchronized (this) {
            bean = beans.remove(contextual);
        }
        if (bean != null) {
            bean.destroy();
        }
    }

    /**
     * Ends what listens and destroys the beans, the youngest first. Idempotent; servers tell of an end up to three
     * times.
     */
    void end() {
        List<Bean<?>> leaving;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            leaving = new ArrayList<>(beans.values());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // WildFly 39 tells of the end of an endpoint without @OnClose outside of the application's class loader
        thread.setContextClassLoader(application);
        try {
            destroyAll(leaving);
        } finally {
            listening.end();
            thread.setContextClassLoader(before);
        }
    }

    private void destroyAll(List<Bean<?>> leaving) {
        try {
            listening.call(() -> {
                for (int i = leaving.size() - 1; i >= 0; i--) {
                    leaving.get(i).destroy();
                }
                return null;
            });
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a bean of " + listening + " failed when it was destroyed", e);
        }
        synchronized (this) {
            beans.clear();
        }
    }

    @SuppressWarnings("unchecked") // a contextual maps to a bean of its own type: obtain() alone fills the map
    private <T> @Nullable Bean<T> filed(Contextual<T> contextual) {
        return (Bean<T>) beans.get(contextual);
    }

    private record Bean<T>(Contextual<T> contextual, T instance, CreationalContext<T> creation) {
        void destroy() {
            contextual.destroy(instance, creation);
        }
    }
}
