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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection: what listens in it, and the application's beans that live as long. */
final class SocketSession implements SessionOwner {
    private static final Logger LOG = System.getLogger(SocketSession.class.getName());

    /** How long a client may take nothing while it is being closed. WildFly 39 would wait for it for ever. */
    private static final long MOST_IDLE_MILLIS = 2_000;

    private final BusSession listening;
    private final ClassLoader application;
    private final Pulse pulse = new Pulse();
    private final SocketGuard guard;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Mutable state, guarded by this object's monitor
    private @Nullable Session session;
    private final Map<Contextual<?>, Bean<?>> beans = new LinkedHashMap<>();
    private boolean ended;

    // Mutable state: set by any callback, always to the same
    private volatile boolean hearsClose;

    SocketSession(MessageBus bus, Executor closing, String endpoint, @Nullable Session session, Verdict verdict) {
        this.guard = new SocketGuard(this, closing, verdict);
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
        pulse.beat();
        return listening.call(callback);
    }

    /** Its endpoint has an {@code @OnClose}. */
    void hearsClose() {
        hearsClose = true;
    }

    /** That was called. */
    void heardClose() {
        closed.countDown();
    }

    /** Waits until the endpoint has been told, if it is to be; Payara 6 may tell it later, on another thread. */
    void awaitHeardClose(long nanos) throws InterruptedException {
        if (hearsClose && !closed.await(nanos, TimeUnit.NANOSECONDS)) {
            LOG.log(Level.DEBUG, "{0} was not told of its end in time", listening);
        }
    }

    synchronized @Nullable Session session() {
        return session;
    }

    /** Who ends it because of its login. */
    SocketGuard guard() {
        return guard;
    }

    /** How it answers pings. */
    Pulse pulse() {
        return pulse;
    }

    /** Whether no server session is known to be closed. */
    @Override
    public boolean isOpen() {
        Session known = session();
        return known == null || known.isOpen();
    }

    /** Learns which connection it is: a callback without a Session parameter may have come first. */
    synchronized void learn(Session known) {
        session = known;
    }

    @Override
    public void closeOverloaded() {
        close(CloseCodes.TRY_AGAIN_LATER, "too many messages are waiting; connect again");
    }

    /**
     * Closes the connection, if it is known and open; the server calls back then. May wait for a client that reads
     * nothing, until that is cut off.
     */
    void close(CloseCodes code, String reason) {
        Session closing = session();
        ClassLoader before = enterApplication(); // an ear's part that ends may close what is another's
        try {
            if (closing != null && closing.isOpen()) {
                cutOffSoon();
                closing.close(new CloseReason(code, reason));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, listening + " could not be closed; it may have been closed meanwhile", e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /**
     * Lets the server drop the connection when nothing moves on it any more; does not wait. Not Tyrus 2.1.5, the server
     * part of Payara and GlassFish: closing waits for nobody there, and an idle session is just closed. But as it runs
     * a timer of 0 ms after each message of a session that has no such limit, one that gets it now may be closed at
     * once, as idle, on the thread of the managed scheduler, which keeps the request and so the application for ever.
     */
    void cutOffSoon() {
        Session dropping = session();
        try {
            if (dropping != null && !ClosingByTyrus.concerns(dropping) && dropping.isOpen()) {
                dropping.setMaxIdleTimeout(MOST_IDLE_MILLIS);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, listening + " may have been closed meanwhile", e);
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
        guard.close();
        // WildFly 39 tells of the end of an endpoint without @OnClose outside of the application's class loader
        ClassLoader before = enterApplication();
        try {
            listening.end(); // first: the beans wait for a listener that is stuck, and then not for ever
            if (!leaving.isEmpty()) {
                destroyAll(leaving);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private ClassLoader enterApplication() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        return before;
    }

    private void destroyAll(List<Bean<?>> leaving) {
        try {
            listening.call(() -> {
                for (int i = leaving.size() - 1; i >= 0; i--) {
                    destroy(leaving.get(i));
                }
                return null;
            });
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the beans of " + listening + " could not be destroyed", e);
        }
        synchronized (this) {
            beans.clear();
        }
    }

    private void destroy(Bean<?> bean) {
        try {
            bean.destroy();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a bean of " + listening + " failed when it was destroyed", e);
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
