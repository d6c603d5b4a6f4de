package io.github.cdimessages.internal.revocation;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Notes when requests come, which is before the server authenticates them, and with which of them the user of a session
 * logged in: the one that sends the password, gives the session another id, or makes it. What counts is when that
 * request came, as a revocation may come between the check of the password and anything that tells of it.
 */
public final class HttpTimes implements ServletRequestListener, HttpSessionIdListener {
    private static final String ARRIVED = HttpTimes.class.getName() + ".arrived";
    private static final String SUBMITTED = HttpTimes.class.getName() + ".submitted";
    private static final String CHANGED = HttpTimes.class.getName() + ".changed";

    /** Where a form sends a password, by the Servlet specification; the next request shows who logged in. */
    private static final String FORM = "/j_security_check";

    /** When the request came that its thread serves. */
    private static final ThreadLocal<@Nullable Long> SERVED = new ThreadLocal<>();

    /** For the server. */
    public HttpTimes() {}

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        long now = NetworkClock.now();
        event.getServletRequest().setAttribute(ARRIVED, now);
        SERVED.set(now);
        if (event.getServletRequest() instanceof HttpServletRequest request && isForm(request)) {
            if (TokensOfLiberty.isServerOf(request)) {
                TokensOfLiberty.session(request, true); // that the password is right is known at the end
            } else {
                note(request.getSession(false), SUBMITTED, now);
            }
        }
    }

    /** A session that was made by this request: its user logged in before, and not with the next request. */
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        SERVED.remove();
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            Principal user = request.getUserPrincipal();
            if (user != null && (isForm(request) || !TokensOfLiberty.isBroughtBy(request))) {
                HttpSession session = TokensOfLiberty.session(request, false);
                if (session != null) {
                    loggedIn(request, session, user);
                }
            }
        }
    }

    private static void loggedIn(HttpServletRequest request, HttpSession session, Principal user) {
        try {
            TokensOfLiberty.own(request, session, user);
            if (!HttpLogins.isNoted(session) && session.getAttribute(CHANGED) == null) {
                session.setAttribute(CHANGED, arrival(request));
            }
        } catch (IllegalStateException e) {
            return; // another request has just ended the session
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        return request.getRequestURI().endsWith(FORM);
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        Long arrived = SERVED.get();
        event.getSession().setAttribute(CHANGED, arrived == null ? NetworkClock.now() : arrived);
    }

    static long arrival(HttpServletRequest request) {
        return request.getAttribute(ARRIVED) instanceof Long at ? at : NetworkClock.now();
    }

    /** When the user of a session logged in, once; the given time if it has not been seen since it was asked. */
    static long takeLogin(HttpSession session, long otherwise) {
        return Math.min(take(session, SUBMITTED, otherwise), take(session, CHANGED, otherwise));
    }

    private static long take(HttpSession session, String name, long otherwise) {
        if (session.getAttribute(name) instanceof Long at) {
            session.removeAttribute(name);
            return at;
        }
        return otherwise;
    }

    private static void note(@Nullable HttpSession session, String name, long time) {
        try {
            if (session != null) {
                session.setAttribute(name, time);
            }
        } catch (IllegalStateException e) {
            return; // another request has just ended the session
        }
    }
}
