package io.github.cdimessages.internal.revocation;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all others: ends HTTP sessions whose login was revoked, refuses tokens that were issued before, and
 * notes which login a WebSocket session is going to have.
 */
public final class RevocationFilter extends HttpFilter {
    private static final System.Logger LOG = System.getLogger(RevocationFilter.class.getName());
    private static final Pattern LEADING = Pattern.compile("^[/\\\\]+");
    private static final long serialVersionUID = 1L;

    // Mutable state: written by any request with the same value; null as long as CDI does not know it
    private transient volatile @Nullable HttpLogins logins;

    /** For the server. */
    public RevocationFilter() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (response.isCommitted() && isHandshake(request)) {
            // Payara 6.2025.10: when a WebSocket is closed and the client says something, its handshake comes once more
            LOG.log(Level.DEBUG, "{0} has been answered", request.getRequestURI());
            return;
        }
        HttpLogins known = logins();
        Login login = known == null ? null : known.of(request);
        if (known == null || login == null) {
            chain.doFilter(request, response);
        } else if (known.isRevoked(login)) {
            refuse(request, response);
        } else if (isHandshake(request)) {
            connect(known, login, request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void connect(
            HttpLogins logins, Login login, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            chain.doFilter(request, response);
            return;
        }
        Handshakes.Pending begun = logins.handshakes().begin(principal, login);
        boolean failed = true;
        try {
            chain.doFilter(request, response);
            failed = response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST;
        } finally {
            if (failed) {
                logins.handshakes().failed(begun);
            }
        }
    }

    /** What kept the login is gone then: a page is asked for anew, so that the server asks who it is. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = TokensOfLiberty.session(request, false);
        boolean returns = session != null && !session.isNew(); // else it would be redirected for ever
        if (TokensOfLiberty.isBroughtBy(request)) {
            TokensOfLiberty.forget(request, response);
            returns = true; // without it
        } else {
            logout(request);
        }
        if (session != null) {
            try {
                session.invalidate();
            } catch (IllegalStateException e) {
                LOG.log(Level.DEBUG, "another request has just ended the session", e);
            }
        }
        response.setHeader("Cache-Control", "no-store");
        if (returns && request.getMethod().equals("GET") && !isHandshake(request)) {
            response.sendRedirect(again(request.getRequestURI(), request.getQueryString()));
        } else {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED, "your login was revoked; log in again");
        }
    }

    private static void logout(HttpServletRequest request) {
        try {
            request.logout();
        } catch (ServletException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the server could not log out whose login was revoked; the session ends anyway", e);
        }
    }

    /** The address of a request; never another host's, as {@code //host/} would be. */
    static String again(String path, @Nullable String query) {
        return '/' + LEADING.matcher(path).replaceFirst("") + (query == null ? "" : '?' + query);
    }

    private static boolean isHandshake(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    private @Nullable HttpLogins logins() {
        HttpLogins found = logins;
        if (found == null) {
            found = find();
            logins = found;
        }
        return found;
    }

    private static @Nullable HttpLogins find() {
        try {
            Instance<HttpLogins> all = CDI.current().select(HttpLogins.class);
            return all.isUnsatisfied() ? null : all.get();
        } catch (IllegalStateException e) {
            return null; // an application without CDI
        }
    }
}
