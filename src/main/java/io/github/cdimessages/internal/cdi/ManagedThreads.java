package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.settings.Settings;
import jakarta.enterprise.concurrent.ContextService;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Finds the server's managed executors; where there is no server, there are none. */
final class ManagedThreads {
    static final String PROPERTY = "messages.executor";

    private static final String DEFAULT_EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final String DEFAULT_SCHEDULER = "java:comp/DefaultManagedScheduledExecutorService";
    private static final String DEFAULT_CONTEXT = "java:comp/DefaultContextService";

    private ManagedThreads() {}

    /** Uses at most so many threads of the server's, or of our own where there is none, at a time. */
    static Workers workers(Settings settings, Executor own, int most) {
        return executor(settings)
                .map(managed -> new Workers(managed, most, contextual()))
                .orElseGet(() -> new Workers(own, most, task -> task));
    }

    /**
     * The same for what may wait for the server. Open Liberty 26.0.0.3 has one pool for all its executors; who closes a
     * WebSocket session waits there until another thread of the pool has ended the reading, so that many who close wait
     * for each other. On Payara 6.2025.10 who closes one keeps the application; Payara 7 and GlassFish, whose code for
     * that is the same, are treated alike. There, threads of our own do it.
     */
    static Workers helpers(Settings settings, Executor own, int most) {
        Executor threads = executor(settings).filter(ManagedThreads::mayClose).orElse(own);
        return new Workers(threads, most, contextual());
    }

    private static boolean mayClose(Executor managed) {
        String name = managed.getClass().getName();
        return !name.startsWith("com.ibm.ws.") && !name.startsWith("org.glassfish.") && !(managed instanceof Concurro);
    }

    /** The executor that the configuration names, else the server's default one. */
    private static Optional<Executor> executor(Settings settings) {
        Optional<String> named = settings.text(PROPERTY);
        Object found = lookup(named.orElse(DEFAULT_EXECUTOR));
        if (found instanceof Executor executor) {
            return Optional.of(Concurro.careful(executor));
        }
        named.ifPresent(name -> {
            throw Settings.wrong(
                    PROPERTY,
                    name,
                    "is not the JNDI name of a managed executor; define one, or remove the"
                            + " property to use the server's default");
        });
        return Optional.empty();
    }

    /** The server's default scheduler, unless it forgets what it has taken. */
    static Optional<ScheduledExecutorService> scheduler() {
        return lookup(DEFAULT_SCHEDULER) instanceof ScheduledExecutorService found && !Concurro.made(found)
                ? Optional.of(found)
                : Optional.empty();
    }

    /**
     * What makes a task run with the contexts of the thread that calls this now, at start-up. Without it a managed
     * executor would carry along those of whoever posts: a listener would run with a stranger's identity.
     */
    static UnaryOperator<Runnable> contextual() {
        Object found = lookup(DEFAULT_CONTEXT);
        return found == null ? UnaryOperator.identity() : Contextual.by(found);
    }

    @SuppressWarnings("BanJNDI") // the name comes from the administrator's own configuration
    private static @Nullable Object lookup(String name) {
        try {
            return InitialContext.<@Nullable Object>doLookup(name);
        } catch (NamingException | LinkageError e) {
            return null; // no server, or one without Jakarta Concurrency
        }
    }

    /** Apart, because Jakarta Concurrency's classes are not there where there is no server. */
    private static final class Contextual {
        static UnaryOperator<Runnable> by(Object found) {
            ContextService service = (ContextService) found;
            return task -> service.createContextualProxy(task, Runnable.class);
        }
    }
}
