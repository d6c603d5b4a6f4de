package io.github.cdimessages.demo;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/**
 * Names the session's cookie after the server: browsers tell hosts apart and not ports, so that two servers on one
 * machine would take away each other's logins.
 */
@WebListener
public class SessionCookie implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setName("chat-" + System.getProperty("messages.node", "session"));
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax"); // other sites' pages open no WebSocket in a person's name
    }
}
