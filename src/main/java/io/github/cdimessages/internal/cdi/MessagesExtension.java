package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.MessageType;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.MessageTypes;
import io.github.cdimessages.internal.jsonb.JsonbCodec;
import io.github.cdimessages.internal.redis.RedisSubscriber;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.revocation.RevocationSettings;
import io.github.cdimessages.internal.settings.Settings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the library to a CDI container: its beans, what it learns of the application, and what it refuses. */
public class MessagesExtension implements Extension {
    /**
     * The beans that every container gets. None has a bean-defining annotation, or discovery would add it once more.
     */
    private static final List<Class<?>> BEANS = List.of(
            Composition.class,
            JsonbCodec.class,
            CurrentSession.class,
            Dispatcher.class,
            RequestContexts.class,
            Network.class,
            Announcer.class,
            OwnThreads.class,
            Timer.class,
            Lifecycle.class);

    private final MessageTypes types = new MessageTypes();
    private final DeclaredObservers observers = new DeclaredObservers(types);

    // Mutable state: used by the deploying thread alone
    private final List<Throwable> problems = new ArrayList<>();

    private final ApplicationBeans application = new ApplicationBeans();

    private boolean ejb;

    /** Set once, by the thread that makes the bus. */
    private volatile @Nullable MessageBus bus;

    /** Set once, by the thread that makes the link. */
    private volatile @Nullable Runnable ending;

    void addBeans(@Observes BeforeBeanDiscovery event) {
        BEANS.forEach(bean -> add(event, bean, new SingletonLiteral()));
        add(event, RequestSession.class, RequestScoped.Literal.INSTANCE);
        ServletWiring.singletons().forEach(bean -> add(event, bean, new SingletonLiteral()));
        WebSocketWiring.addTo(event).forEach(bean -> add(event, bean, new SingletonLiteral()));
    }

    /** Learns the application's messages; a class of messages never becomes a bean. */
    void learnMessageType(@Observes @WithAnnotations(MessageType.class) ProcessAnnotatedType<?> event) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        if (type.isAnnotationPresent(MessageType.class)) {
            event.veto();
            try {
                types.declare(type);
            } catch (IllegalArgumentException e) {
                problems.add(new DefinitionException(e.getMessage()));
            }
        }
    }

    void learnObserver(@Observes ProcessObserverMethod<?, ?> event) {
        observers.consider(event);
    }

    void learnBean(@Observes ProcessBean<?> event) {
        application.consider(event.getBean());
    }

    /** Learns that there is an EJB container that starts the link to Redis; a jar in an EAR's lib folder has none. */
    void learnEjb(@Observes ProcessSessionBean<RedisSubscriber> event) {
        ejb = true;
    }

    void addContext(@Observes AfterBeanDiscovery event) {
        WebSocketWiring.addContext(event, () -> {
            MessageBus started = bus;
            return started == null ? null : started.current();
        });
    }

    void refuseWhatIsWrong(@Observes AfterDeploymentValidation event, BeanManager beans) {
        problems.forEach(event::addDeploymentProblem);
        observers.problems().forEach(event::addDeploymentProblem);
        check(event, () -> application.check(beans));
        Configuration.warn();
        Settings settings = Configuration.find();
        check(event, () -> ServerSettings.read(settings));
        check(event, () -> RedisSettings.read(settings));
        check(event, () -> RevocationSettings.read(settings));
        check(event, () -> WebSocketWiring.check(settings));
    }

    /**
     * Ends what a deployment had started that has failed since: on Payara 7.2025.1, neither its EJBs nor the observers
     * of its application context's end are called then. Where they were, nothing is left.
     */
    void endAtLast(@Observes BeforeShutdown event) {
        Runnable started = ending;
        if (started != null) {
            started.run();
        }
    }

    /** Learns how to end what is about to start. */
    void endsBy(Runnable end) {
        ending = end;
    }

    boolean hasEjb() {
        return ejb;
    }

    ApplicationBeans application() {
        return application;
    }

    MessageTypes types() {
        return types;
    }

    /** Lets the application's observers hear their channels, and the WebSocket scope know its sessions. */
    void started(MessageBus made) {
        bus = made;
        observers.found().forEach(one -> made.observe(one.channel(), one.type(), one));
    }

    private static void check(AfterDeploymentValidation event, Runnable reading) {
        try {
            reading.run();
        } catch (MessagesException e) {
            event.addDeploymentProblem(e);
        }
    }

    private static void add(BeforeBeanDiscovery event, Class<?> bean, Annotation scope) {
        event.addAnnotatedType(bean, bean.getName()).add(scope);
    }

    private static final class SingletonLiteral extends AnnotationLiteral<Singleton> implements Singleton {
        private static final long serialVersionUID = 1L;
    }
}
