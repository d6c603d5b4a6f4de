package io.github.cdimessages.readme;

import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

// region resolver
@ApplicationScoped
public class TokenResolver implements IdentityResolver {
    @Override
    public Optional<Identity> resolve(Session session) { // before its first callback
        return identity(session.getUserPrincipal());
    }

    @Override
    public Optional<Identity> resolve(HttpServletRequest request) { // each of them
        return identity(request.getUserPrincipal());
    }

    private static Optional<Identity> identity(Principal principal) {
        if (principal instanceof JsonWebToken token) { // of MicroProfile JWT
            return Optional.of(Identity.of(token.getSubject())
                    .withAuthId(token.getTokenID())
                    .withScopes(token.getGroups())
                    .authenticatedAt(Instant.ofEpochSecond(token.getIssuedAtTime())));
        }
        return principal == null ? Optional.empty() : Optional.of(Identity.of(principal.getName()));
    }
}
// endregion
