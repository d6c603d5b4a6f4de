package io.github.cdimessages.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.Messages;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.cdi.MessagesExtension;
import jakarta.enterprise.context.control.RequestContextController;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** One server without a server: a CDI container with the library and some classes of an application. */
public final class Node implements AutoCloseable {
    private final WeldContainer container;

    private Node(WeldContainer container) {
        this.container = container;
    }

    /** Starts a node with the beans of an application. */
    public static Node with(Class<?>... beans) {
        return configured(Map.of(), beans);
    }

    /** Starts a node while some system properties are set; it reads them at start alone. */
    public static Node configured(Map<String, String> properties, Class<?>... beans) {
        properties.forEach(System::setProperty);
        try {
            return new Node(new Weld()
                    .disableDiscovery()
                    .addExtension(new MessagesExtension())
                    .addBeanClass(Node.class)
                    .addBeanClasses(beans)
                    .initialize());
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    /** Starts a node that is connected to others by Redis. */
    public static Node withRedis(RedisServerFixture redis, String name, Class<?>... beans) {
        return configured(Map.of("messages.redis.uri", redis.uri(), "messages.node", name), beans);
    }

    /** Waits until messages of every reach arrive at a listener. */
    public static void ready(Subscription subscription) throws Exception {
        subscription.ready().toCompletableFuture().get(120, SECONDS);
    }

    /** Posts a message and waits for what becomes of it. */
    public PostResult post(String channel, Object message, Reach reach) throws Exception {
        return messages()
                .postMessage(channel, message, reach)
                .toCompletableFuture()
                .get(120, SECONDS);
    }

    /** A bean of the application. */
    public <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    /** What the application injects. */
    public Messages messages() {
        return get(Messages.class);
    }

    public Messages applicationWide() {
        return container
                .select(Messages.class, ApplicationWide.Literal.INSTANCE)
                .get();
    }

    public MessageBus bus() {
        return get(MessageBus.class);
    }

    /** Runs work as an HTTP request would. */
    public <T> T inRequest(Supplier<T> work) {
        RequestContextController request = get(RequestContextController.class);
        request.activate();
        try {
            return work.get();
        } finally {
            request.deactivate();
        }
    }

    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public void close() {
        if (container.isRunning()) {
            container.close();
        }
    }
}
