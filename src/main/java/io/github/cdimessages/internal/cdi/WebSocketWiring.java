package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.websocket.WebSocketBeans;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds the WebSocket side, where there is one: Weld SE alone has no Jakarta WebSocket. */
final class WebSocketWiring {
    private static final boolean PRESENT = isPresent();

    private WebSocketWiring() {}

    static void addBeans(BeforeBeanDiscovery event) {
        if (PRESENT) {
            WebSocketBeans.add(event);
        }
    }

    static void addContext(AfterBeanDiscovery event, Supplier<@Nullable BusSession> current) {
        if (PRESENT) {
            WebSocketBeans.addContext(event, current);
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
