package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import io.github.cdimessages.internal.jsonb.JsonbCodec;
import io.github.cdimessages.testing.Node;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where it can't be known which bean the application means, its deployment stops. */
class ApplicationBeansTest {
    @Singleton
    static class Cookies implements IdentityResolver {
        @Override
        public Optional<Identity> resolve(HttpServletRequest request) {
            return Optional.empty();
        }

        @Override
        public Optional<Identity> resolve(Session session) {
            return Optional.empty();
        }
    }

    @Singleton
    static class Tokens extends Cookies {}

    @Singleton
    static class OwnCodec extends JsonbCodec {}

    @Test
    void twoResolversAreRefusedByTheirNames() {
        assertThatThrownBy(() -> Node.with(Cookies.class, Tokens.class))
                .isInstanceOf(DeploymentException.class)
                .hasStackTraceContaining("ApplicationBeansTest$Cookies")
                .hasStackTraceContaining("ApplicationBeansTest$Tokens")
                .hasStackTraceContaining("leave one");
    }

    @Test
    void aCodecThatDoesNotSayThatItReplacesTheLibrarysIsRefused() {
        assertThatThrownBy(() -> Node.with(OwnCodec.class))
                .isInstanceOf(DeploymentException.class)
                .hasStackTraceContaining("ApplicationBeansTest$OwnCodec")
                .hasStackTraceContaining("@Alternative with a @Priority");
    }
}
