package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.MessageBus;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection: what listens in it, and the application's beans that live as long. */
final class SocketSession {
    private static final Logger LOG = System.getLogger(SocketSession.class.getName());

    private final BusSession listening;
    private final ClassLoader application;

    // Mutable state, guarded by this object's monitor
    private @Nullable Session session;
    private final Map<Contextual<?>, Bean<?>> beans = new LinkedHashMap<>();
    private boolean ended;

    SocketSession(MessageBus bus, String endpoint, @Nullable Session session) {
        this.session = session;
        String name = session == null ? endpoint : endpoint + " (session " + session.getId() + ")";
        this.listening = bus.openExclusive("the WebSocket session of " + name, this);
        this.application = Thread.currentThread().getContextClassLoader();
    }

    BusSession listening() {
        return listening;
    }

    synchronized @Nullable Session session() {
        return session;
    }

    /** Learns which connection it is: a callback without a Session parameter may have come first. */
    synchronized void learn(Session known) {
        session = known;
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
