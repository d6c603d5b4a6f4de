package io.github.cdimessages.internal.revocation;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;

/**
 * Notes when requests come, which is before the server authenticates them, and when a session gets another id, which is
 * when its user logs in.
 */
public final class HttpTimes implements ServletRequestListener, HttpSessionIdListener {
    private static final String ARRIVED = HttpTimes.class.getName() + ".arrived";
    private static final String CHANGED = HttpTimes.class.getName() + ".changed";

    /** For the server. */
    public HttpTimes() {}

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        event.getServletRequest().setAttribute(ARRIVED, NetworkClock.now());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        event.getSession().setAttribute(CHANGED, NetworkClock.now());
    }

    static long arrival(HttpServletRequest request) {
        return request.getAttribute(ARRIVED) instanceof Long at ? at : NetworkClock.now();
    }

    /** When a session got another id, once; the given time if it has not since it was asked. */
    static long takeLogin(HttpSession session, long otherwise) {
        if (session.getAttribute(CHANGED) instanceof Long at) {
            session.removeAttribute(CHANGED);
            return at;
        }
        return otherwise;
    }
}
