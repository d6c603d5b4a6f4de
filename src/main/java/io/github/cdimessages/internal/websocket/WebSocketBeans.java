package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.Interceptor;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the extension adds for WebSockets. */
public final class WebSocketBeans {
    private WebSocketBeans() {}

    /** The beans that live as long as the application. */
    public static List<Class<?>> singletons() {
        return List.of(SocketSessions.class, Heartbeat.class, Admission.class);
    }

    /**
     * Makes {@code @ServerEndpoint} the binding of our interceptor. That is not written at the interceptor: a server's
     * scanner would take it for an endpoint, and discovery would add it once more.
     */
    public static void addInterceptor(BeforeBeanDiscovery event) {
        event.configureInterceptorBinding(ServerEndpoint.class)
                .methods()
                .forEach(member -> member.add(Nonbinding.Literal.INSTANCE));
        event.addAnnotatedType(EndpointInterceptor.class, EndpointInterceptor.class.getName())
                .add(new InterceptorLiteral())
                .add(new PriorityLiteral(Interceptor.Priority.LIBRARY_BEFORE))
                .add(new ServerEndpointLiteral());
    }

    /** Throws what is wrong with the properties. */
    public static void check(Settings settings) {
        Heartbeat.pause(settings);
    }

    /** Adds the WebSocket session scope. */
    public static void addContext(AfterBeanDiscovery event, Supplier<@Nullable BusSession> current) {
        event.addContext(new WebSocketSessionContext(current));
    }

    private static final class InterceptorLiteral extends AnnotationLiteral<Interceptor> implements Interceptor {
        private static final long serialVersionUID = 1L;
    }

    private static final class PriorityLiteral extends AnnotationLiteral<Priority> implements Priority {
        private static final long serialVersionUID = 1L;

        private final int value;

        PriorityLiteral(int value) {
            this.value = value;
        }

        @Override
        public int value() {
            return value;
        }
    }

    /** Stands for every endpoint: no member counts when bindings are compared. */
    private static final class ServerEndpointLiteral extends AnnotationLiteral<ServerEndpoint>
            implements ServerEndpoint {
        private static final long serialVersionUID = 1L;

        @Override
        public String value() {
            return "";
        }

        @Override
        public String[] subprotocols() {
            return new String[0];
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type can't be made otherwise
        public Class<? extends Decoder>[] decoders() {
            return new Class[0];
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // as above
        public Class<? extends Encoder>[] encoders() {
            return new Class[0];
        }

        @Override
        public Class<? extends ServerEndpointConfig.Configurator> configurator() {
            return ServerEndpointConfig.Configurator.class;
        }
    }
}
