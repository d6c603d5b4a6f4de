package io.github.cdimessages.arquillian.logins.own;

import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.time.Instant;
import java.util.Optional;

/** Keeps its user in the HTTP session; a parameter stands for a token that was issued long ago. */
@ApplicationScoped
public class ByItself implements IdentityResolver {
    static final String USER = "user";

    @Override
    public Optional<Identity> resolve(Session session) {
        return Optional.empty();
    }

    @Override
    public Optional<Identity> resolve(HttpServletRequest request) {
        Object user = request.getSession().getAttribute(USER); // which makes one, as applications do
        String token = request.getParameter("token");
        return token == null
                ? Optional.ofNullable(user).map(name -> Identity.of((String) name))
                : Optional.of(Identity.of(token).authenticatedAt(Instant.EPOCH));
    }
}
