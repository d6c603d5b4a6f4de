package io.github.cdimessages.arquillian.logins.token;

import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.security.Principal;
import java.util.Optional;

/** Tells what the token says. */
@ApplicationScoped
public class TokenResolver implements IdentityResolver {
    @Override
    public Optional<Identity> resolve(Session session) {
        return identity(session.getUserPrincipal());
    }

    @Override
    public Optional<Identity> resolve(HttpServletRequest request) {
        return identity(request.getUserPrincipal());
    }

    private static Optional<Identity> identity(Principal principal) {
        return principal instanceof TokenUser user
                ? Optional.of(Identity.of(user.getName()).withAuthId(user.id()).authenticatedAt(user.issuedAt()))
                : Optional.empty();
    }
}
