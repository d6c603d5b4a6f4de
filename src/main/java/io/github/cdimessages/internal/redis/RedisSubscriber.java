package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
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

    /** For the EJB container. */
    public RedisSubscriber() {}

    @PostConstruct
    void start() {
        if (lifecycle != null) {
            lifecycle.start(managedThreads());
        }
    }

    @PreDestroy
    void stop() {
        if (lifecycle != null) {
            lifecycle.stop();
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
