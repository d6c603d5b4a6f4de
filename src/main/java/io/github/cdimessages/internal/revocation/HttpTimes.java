package io.github.cdimessages.internal.revocation;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;

/**
 * Notes when requests come, which is before the server authenticates them, and when the user of a session logs in: when
 * it gets another id, or with the request that makes it.
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

    /** A session that was made by this request: its user logged in before, and not with the next request. */
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getUserPrincipal() != null) {
            HttpSession session = request.getSession(false);
            try {
                if (session != null && !HttpLogins.isNoted(session) && session.getAttribute(CHANGED) == null) {
                    session.setAttribute(CHANGED, arrival(request));
                }
            } catch (IllegalStateException e) {
                return; // another request has just ended the session
            }
        }
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        event.getSession().setAttribute(CHANGED, NetworkClock.now());
    }

    static long arrival(HttpServletRequest request) {
        return request.getAttribute(ARRIVED) instanceof Long at ? at : NetworkClock.now();
    }

    /** When the user of a session logged in, once; the given time if it has not been seen since it was asked. */
    static long takeLogin(HttpSession session, long otherwise) {
        if (session.getAttribute(CHANGED) instanceof Long at) {
            session.removeAttribute(CHANGED);
            return at;
        }
        return otherwise;
    }
}
