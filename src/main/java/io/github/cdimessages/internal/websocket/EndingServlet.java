package io.github.cdimessages.internal.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;

/**
 * Serves nothing, but hears first that the web part of an application ends. Payara Server 6.2025.10 ends that before
 * all others: filters after servlets, and with its own filter Tyrus closes the last WebSocket of each HTTP session, on
 * the thread that undeploys, by which the application stays (see {@link ClosingByTyrus}).
 */
public final class EndingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** For the server. */
    public EndingServlet() {}

    /** Puts it where servlets end before filters: Payara and GlassFish. */
    static void addTo(ServletContext context) {
        if (!context.getClass().getName().startsWith("org.apache.catalina.")) {
            return;
        }
        ServletRegistration.Dynamic servlet = context.addServlet("cdi-messages-ending", EndingServlet.class);
        if (servlet != null) {
            servlet.setLoadOnStartup(0); // one that was never made is not destroyed
        }
    }

    @Override
    public void destroy() {
        CDI.current().getBeanManager().getEvent().fire(new WebEnding());
    }

    /** Connections are about to be closed by the server. */
    record WebEnding() {}
}
