package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the login behind an HTTP request, and when it was made. */
public class HttpLogins {
    private static final String USER = HttpLogins.class.getName() + ".user";
    private static final String AT = HttpLogins.class.getName() + ".at";

    private final Revocations revocations;
    private final Handshakes handshakes;
    private final @Nullable IdentityResolver resolver;

    @Inject
    HttpLogins(Revocations revocations, Handshakes handshakes, Resolver resolver) {
        this.revocations = revocations;
        this.handshakes = handshakes;
        this.resolver = resolver.bean();
    }

    /** Gives the login, or null if there is none. */
    @Nullable
    Login of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        Identity identity = identity(request, principal);
        if (identity == null) {
            return null;
        }
        long arrived = HttpTimes.arrival(request);
        HttpSession session = TokensOfLiberty.session(request, false);
        boolean anybodys = TokensOfLiberty.isAnybodys(request, principal, session);
        long at;
        if (identity.authenticatedAt() != null) {
            at = Math.min(LocalClock.SYSTEM.at(identity.authenticatedAt()), arrived);
        } else if (anybodys) {
            at = 0;
        } else {
            at = session == null ? arrived : loggedInAt(session, identity.user(), arrived);
        }
        String authId = identity.authId();
        if (authId == null) {
            authId = anybodys ? Login.ANY : session == null ? null : authId(session);
        }
        Predicate<String> scopes = scope -> identity.scopes().contains(scope) || request.isUserInRole(scope);
        return new Login(identity.user(), authId == null ? Set.of() : Set.of(authId), at, scopes);
    }

    boolean isRevoked(Login login) {
        return revocations.isRevoked(login);
    }

    Handshakes handshakes() {
        return handshakes;
    }

    private @Nullable Identity identity(HttpServletRequest request, @Nullable Principal principal) {
        if (resolver != null) {
            Optional<Identity> resolved = resolver.resolve(request);
            return resolved.orElse(null);
        }
        return principal == null ? null : Identity.of(principal.getName());
    }

    /** Whether it is known when the user of a session logged in. */
    static boolean isNoted(HttpSession session) {
        return session.getAttribute(AT) != null;
    }

    /** When the user of a session logged in: noted at the first request after that. */
    private static long loggedInAt(HttpSession session, String user, long arrived) {
        try {
            if (user.equals(session.getAttribute(USER)) && session.getAttribute(AT) instanceof Long at) {
                return at;
            }
            long at = HttpTimes.takeLogin(session, arrived);
            session.setAttribute(USER, user);
            session.setAttribute(AT, at);
            return at;
        } catch (IllegalStateException e) {
            return arrived; // another request has just ended the session
        }
    }

    private static @Nullable String authId(HttpSession session) {
        try {
            if (session.getAttribute(Identity.AUTH_ID_ATTRIBUTE) instanceof String known) {
                return known;
            }
            String fresh = UUID.randomUUID().toString();
            session.setAttribute(Identity.AUTH_ID_ATTRIBUTE, fresh);
            return fresh;
        } catch (IllegalStateException e) {
            return null; // as above
        }
    }
}
