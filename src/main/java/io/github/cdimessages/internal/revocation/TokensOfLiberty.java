package io.github.cdimessages.internal.revocation;

import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Open Liberty 26.0.0.3 keeps who logged in by a cookie, not by the HTTP session. All logins of a user get the same
 * one, and a logout ends all of them. Of who comes with it, the HTTP session tells the login, if it is the one in which
 * the password was sent; without that, it may be any login of the user.
 */
final class TokensOfLiberty {
    private static final System.Logger LOG = System.getLogger(TokensOfLiberty.class.getName());
    private static final String COOKIE = "LtpaToken2";
    private static final String OWNER = TokensOfLiberty.class.getName() + ".owner";

    private TokensOfLiberty() {}

    /** Whether a session that is to tell of a login has to be made when its password is sent. */
    static boolean isServerOf(HttpServletRequest request) {
        String server = request.getServletContext().getServerInfo();
        return server != null && server.startsWith("IBM WebSphere Liberty/"); // so does Open Liberty
    }

    /** Whether a request may have its user from the cookie. */
    static boolean isBroughtBy(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies).anyMatch(each -> each.getName().equals(COOKIE))
                && isServerOf(request);
    }

    /** Notes whose password was sent in a session. */
    static void own(HttpServletRequest request, HttpSession session, Principal user) {
        if (isServerOf(request) && !user.getName().equals(session.getAttribute(OWNER))) {
            session.setAttribute(OWNER, user.getName());
        }
    }

    /** Whether the cookie stands alone: nothing tells by which login its user came. */
    static boolean isAnybodys(HttpServletRequest request, @Nullable Principal user, @Nullable HttpSession session) {
        try {
            return user != null
                    && isBroughtBy(request)
                    && (session == null || !user.getName().equals(session.getAttribute(OWNER)));
        } catch (IllegalStateException e) {
            return true; // another request has just ended the session
        }
    }

    /** The session of a request that has its user, or may; null if there is none. The server throws for another's. */
    static @Nullable HttpSession session(HttpServletRequest request, boolean make) {
        try {
            return request.getSession(make);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the session that a request names is another user's", e);
            return null;
        }
    }

    /** Lets a browser forget it, and its session, which may be another user's: the next login makes one. */
    static void forget(HttpServletRequest request, HttpServletResponse response) {
        SessionCookieConfig session = request.getServletContext().getSessionCookieConfig();
        String name = session.getName();
        String path = session.getPath();
        response.addCookie(gone(COOKIE, "/"));
        response.addCookie(gone(name == null ? "JSESSIONID" : name, path == null ? "/" : path));
    }

    private static Cookie gone(String name, String path) {
        Cookie gone = new Cookie(name, "");
        gone.setPath(path);
        gone.setHttpOnly(true);
        gone.setMaxAge(0);
        return gone;
    }
}
