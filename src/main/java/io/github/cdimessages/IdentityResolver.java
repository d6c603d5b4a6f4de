package io.github.cdimessages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.security.Principal;
import java.util.Optional;

/**
 * Says who is behind a session, where that is not the principal that the server knows; a bean of the application.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class TokenResolver implements IdentityResolver {
 *     @Override
 *     public Optional<Identity> resolve(Session session) {
 *         return session.getUserPrincipal() instanceof JsonWebToken token ? Optional.of(of(token)) : Optional.empty();
 *     }
 * }
 * }</pre>
 *
 * <p>Thread rule: called on the thread of a WebSocket session's first callback, and on that of each HTTP request. What
 * throws here refuses the session or request.
 *
 * @see WebSocketSessions#setIdentity
 */
public interface IdentityResolver {

    /**
     * Says who is behind a WebSocket session, before its first callback. Where nothing is said of the auth id or of the
     * time, the HTTP session of the handshake tells it, if the server itself knows the user.
     *
     * @param session the session
     * @return who it is; empty if nobody has logged in, so that nothing is ever revoked
     */
    Optional<Identity> resolve(Session session);

    /**
     * Says who makes an HTTP request: override it where each request brings a token, or where the application keeps the
     * user in the HTTP session. A request with a token that was issued before its revocation is refused with 401. A
     * user in an HTTP session counts as logged in since the first request with it, unless the identity says since when.
     *
     * @param request the request, already authenticated by the server if it does that
     * @return who it is; empty if nobody has logged in
     */
    default Optional<Identity> resolve(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? Optional.empty() : Optional.of(Identity.of(principal.getName()));
    }
}
