package io.github.cdimessages.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/** The example says of a token what the README promises. */
class TokenResolverTest {
    private final TokenResolver resolver = new TokenResolver();

    @Test
    void aTokenTellsSubjectIdentifierGroupsAndTime() {
        Identity expected = new Identity("alice", "token-17", Set.of("editor"), Instant.ofEpochSecond(1_764_073_648));

        assertThat(resolver.resolve(with(Session.class, token()))).contains(expected);
        assertThat(resolver.resolve(with(HttpServletRequest.class, token()))).contains(expected);
    }

    @Test
    void whoHasNoTokenIsNamedAndWhoHasNoNameIsNobody() {
        assertThat(resolver.resolve(with(Session.class, () -> "bob"))).contains(Identity.of("bob"));
        assertThat(resolver.resolve(with(Session.class, null))).isEmpty();
    }

    private static <T> T with(Class<T> type, Principal principal) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> principal));
    }

    private static JsonWebToken token() {
        Map<String, Object> claims =
                Map.of("sub", "alice", "jti", "token-17", "groups", Set.of("editor"), "iat", 1_764_073_648L);
        return new JsonWebToken() {
            @Override
            public String getName() {
                return "alice@example.com";
            }

            @Override
            public Set<String> getClaimNames() {
                return claims.keySet();
            }

            @Override
            @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface wants it
            public <T> T getClaim(String name) {
                return (T) claims.get(name);
            }
        };
    }
}
