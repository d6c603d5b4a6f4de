package io.github.cdimessages.internal.websocket;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import javax.naming.NamingException;

/**
 * Warns at deployment of each endpoint that the server is going to make without CDI although it injects. Being added by
 * an initializer it comes after the application's own listeners, which may have registered endpoints.
 */
final class EndpointCheck implements ServletContextListener {
    private static final Logger LOG = System.getLogger(EndpointCheck.class.getName());

    // Mutable state: used by the deploying thread alone
    private Set<Class<?>> found;

    EndpointCheck(Set<Class<?>> found) {
        this.found = found;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Object container = event.getServletContext().getAttribute(ServerContainer.class.getName());
        try {
            warnings(container).forEach(warning -> LOG.log(Level.WARNING, warning));
        } catch (ReflectiveOperationException | NamingException | RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "whether the server makes all endpoints by CDI could not be found out", e);
        } finally {
            found = Set.of();
        }
    }

    /** The servers that make some endpoints without CDI; Payara 6 and 7 and GlassFish 8 make none so. */
    private List<String> warnings(Object container) throws ReflectiveOperationException, NamingException {
        String server = container == null ? "" : container.getClass().getName();
        if (server.startsWith("io.undertow.")) {
            return EndpointsOfUndertow.withoutCdi(container);
        }
        if (server.startsWith("com.ibm.ws.wsoc.") || server.startsWith("io.openliberty.wsoc.")) {
            return EndpointsOfLiberty.withoutCdi(found);
        }
        return List.of();
    }
}
