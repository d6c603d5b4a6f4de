package io.github.cdimessages.internal.websocket;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns an application's endpoints from the server, since CDI does not see one that is no bean; the server finds this
 * in META-INF/services.
 */
@HandlesTypes({ServerEndpoint.class, Endpoint.class, Configurator.class})
public final class EndpointInitializer implements ServletContainerInitializer {

    /** For the server. */
    public EndpointInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        if (classes != null) {
            context.addListener(new EndpointCheck(classes));
        }
        EndingServlet.addTo(context);
    }
}
