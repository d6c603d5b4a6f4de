package io.github.cdimessages.arquillian.ways;

import jakarta.enterprise.context.Dependent;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.atomic.AtomicReference;

/** Asks at its end where its files are: for that, Payara 6 and 7 want a monitor that who undeploys holds. */
@Dependent
@ServerEndpoint("/at-home")
public class AtHome {
    private static final AtomicReference<ServletContext> HOME = new AtomicReference<>();

    /** Needed so that the session is known. */
    @OnOpen
    public void open(Session session) {
        session.getAsyncRemote().sendText("open");
    }

    @OnClose
    public void close() {
        HOME.get().getRealPath("/WEB-INF");
    }

    /** Learns it. */
    @WebListener
    public static class Learner implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            HOME.set(event.getServletContext());
        }
    }
}
