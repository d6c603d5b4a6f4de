package io.github.cdimessages.internal.websocket;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Serves nothing, but hears that the web part of an application ends before servers close the WebSockets of its HTTP
 * sessions by themselves: WildFly 39 all of them, by 1008, as if a login had ended, and Payara Server 6.2025.10 the
 * last one of each, on the thread that undeploys, by which the application stays (see {@link ClosingByTyrus}). In which
 * order it and the application's own servlets end, differs.
 */
public final class EndingServlet extends HttpServlet {
    private static final Logger LOG = System.getLogger(EndingServlet.class.getName());
    private static final long serialVersionUID = 1L;

    /** For the server. */
    public EndingServlet() {}

    static void addTo(ServletContext context) {
        ServletRegistration.Dynamic servlet = context.addServlet("cdi-messages-ending", EndingServlet.class);
        if (servlet != null) { // else the application has declared it
            servlet.setLoadOnStartup(0); // one that was never made is not destroyed
        }
    }

    @Override
    public void destroy() {
        BeanManager beans = beans();
        if (beans != null) {
            beans.getEvent().fire(new WebEnding(getServletContext().getContextPath()));
        }
    }

    private static @Nullable BeanManager beans() {
        try {
            return CDI.current().getBeanManager();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "an application without CDI, or one that could not start", e);
            return null;
        }
    }

    /** The connections to what is below this path are about to be closed by the server. */
    record WebEnding(String contextPath) {}
}
