package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.internal.websocket.WebSocketBeans;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds the WebSocket side, where there is one: Weld SE alone has no Jakarta WebSocket. */
final class WebSocketWiring {
    private static final boolean PRESENT = isPresent();

    private WebSocketWiring() {}

    /** Adds the interceptor of endpoints, and gives the beans that are to be singletons. */
    static List<Class<?>> addTo(BeforeBeanDiscovery event) {
        if (!PRESENT) {
            return List.of();
        }
        WebSocketBeans.addInterceptor(event);
        return WebSocketBeans.singletons();
    }

    static void addContext(AfterBeanDiscovery event, Supplier<@Nullable BusSession> current) {
        if (PRESENT) {
            WebSocketBeans.addContext(event, current);
        }
    }

    /** Throws what is wrong with the properties of WebSockets. */
    static void check(Settings settings) {
        if (PRESENT) {
            WebSocketBeans.check(settings);
        }
    }

    private static boolean isPresent() {
        try {
            Class.forName("jakarta.websocket.server.ServerEndpoint", false, WebSocketWiring.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
