package io.github.cdimessages.arquillian.made;

import io.github.cdimessages.Messages;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
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

/** Endpoints that an application registers. */
public final class ByCode {
    private ByCode() {}

    private static void say(Session session, Object injected) {
        try {
            session.getBasicRemote().sendText(injected == null ? "null" : "injected");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is no bean. */
    public static class Plain extends Endpoint {
        @Inject
        Messages messages;

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            say(session, messages);
        }
    }

    @Dependent
    public static class Bean extends Endpoint {
        @Inject
        Messages messages;

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            say(session, messages);
        }
    }

    /** Looks up what it needs. */
    public static class LooksUp extends Endpoint {
        private final Messages messages = CDI.current().select(Messages.class).get();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            say(session, messages);
        }
    }

    @WebListener
    public static class AtStart implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            add(event, "/code-plain", Plain.class);
            add(event, "/code-bean", Bean.class);
            add(event, "/code-looks-up", LooksUp.class);
        }
    }

    private static void add(ServletContextEvent event, String path, Class<?> type) {
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        try {
            container.addEndpoint(
                    ServerEndpointConfig.Builder.create(type, path).build());
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }
}
