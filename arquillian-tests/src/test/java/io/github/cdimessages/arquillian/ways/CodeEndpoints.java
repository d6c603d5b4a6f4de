package io.github.cdimessages.arquillian.ways;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;

/** Registers the endpoints without annotations: some as the server asks for them, some by code. */
public class CodeEndpoints implements ServerApplicationConfig {
    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
        return Set.of(
                at("/configured/{room}", CodeEndpoint.class),
                at("/configured-careless/{room}", CodeEndpoint.Careless.class),
                at("/configured-busy/{room}", BusyCode.class),
                at("/configured-pongs/{room}", Pongs.ByCode.class));
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
        return found;
    }

    private static ServerEndpointConfig at(String path, Class<?> endpoint) {
        return ServerEndpointConfig.Builder.create(endpoint, path).build();
    }

    @WebListener
    public static class AtStart implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServerContainer container =
                    (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.addEndpoint(at("/added/{room}", CodeEndpoint.class));
                container.addEndpoint(at("/added-careless/{room}", CodeEndpoint.Careless.class));
                container.addEndpoint(at("/added-busy/{room}", BusyCode.class));
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
