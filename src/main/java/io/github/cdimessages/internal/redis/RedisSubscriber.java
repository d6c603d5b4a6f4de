package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimessages.internal.bus.ApplicationEnding;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Keeps the link to Redis, on managed threads, from the application's start to its end. */
@Singleton
@Startup
public class RedisSubscriber {
    private static final System.Logger LOG = System.getLogger(RedisSubscriber.class.getName());
    private static final String MANAGED_THREADS = "java:comp/DefaultManagedThreadFactory";

    // Mutable state: set once by the container, before start()
    @Inject
    @Nullable
    RedisLifecycle lifecycle;

    // Mutable state: as above
    @Inject
    @Nullable
    Event<ApplicationEnding> ending;

    /** For the EJB container. */
    public RedisSubscriber() {}

    @PostConstruct
    void start() {
        if (lifecycle != null) {
            lifecycle.start(managedThreads());
        }
    }

    /**
     * Tells everybody that the application ends: on Payara 6 and 7 this comes before the end of its context, and
     * WebSocket sessions may still post before the link is stopped.
     */
    @PreDestroy
    void stop() {
        try {
            if (ending != null) {
                ending.fire(new ApplicationEnding());
            }
        } finally {
            if (lifecycle != null) {
                lifecycle.stop();
            }
        }
    }

    /**
     * Looked up and not injected: a server without Jakarta Concurrency would refuse to deploy the whole application.
     */
    @SuppressWarnings("BanJNDI") // a constant name in the component's own space
    private static @Nullable ThreadFactory managedThreads() {
        try {
            return InitialContext.doLookup(MANAGED_THREADS);
        } catch (NamingException e) {
            LOG.log(DEBUG, "no " + MANAGED_THREADS + ": the library's own threads serve Redis", e);
            return null;
        }
    }
}
