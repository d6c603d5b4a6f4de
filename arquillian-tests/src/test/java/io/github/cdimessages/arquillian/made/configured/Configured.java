package io.github.cdimessages.arquillian.made.configured;

import io.github.cdimessages.Messages;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An endpoint that its configurator makes, in two ways. */
public class Configured extends Endpoint {
    @Inject
    Messages messages;

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        try {
            session.getBasicRemote().sendText(messages == null ? "null" : "injected");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Dependent
    public static class Bean extends Configured {}

    /** Is no bean. */
    public static class Plain extends Configured {}

    public static class Selecting extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return CDI.current().select(type).get();
        }
    }

    public static class Injecting extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return new Unmanaged<>(type)
                    .newInstance()
                    .produce()
                    .inject()
                    .postConstruct()
                    .get();
        }
    }

    @WebListener
    public static class AtStart implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            add(event, "/configured-bean", Bean.class, new Selecting());
            add(event, "/configured-plain", Plain.class, new Injecting());
        }

        private static void add(
                ServletContextEvent event, String path, Class<?> type, ServerEndpointConfig.Configurator configurator) {
            ServerContainer container =
                    (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.addEndpoint(ServerEndpointConfig.Builder.create(type, path)
                        .configurator(configurator)
                        .build());
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
