package io.github.cdimessages.revocation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Socket;
import jakarta.inject.Singleton;
import jakarta.websocket.Session;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions of logins that were revoked before they opened. */
@Timeout(120)
class RefusedTest {
    /** Everybody logged in long ago. */
    @Singleton
    static class OldLogins implements IdentityResolver {
        @Override
        public Optional<Identity> resolve(Session session) {
            return Optional.of(Identity.of("alice").authenticatedAt(Instant.EPOCH));
        }
    }

    @Test
    void nobodyIsCalledForARefusedLoginAlsoAfterItsSocketWasClosed() throws Exception {
        try (Node node = Node.with(OldLogins.class)) {
            RevocationTest.revoke(node, "alice", Revocation.user());
            Socket socket = Socket.of(null);
            assertRefused(node, socket);
            socket.closed();
            for (int i = 0; i < 3; i++) { // the first of them forgets the session
                assertRefused(node, socket);
            }
        }
    }

    private static void assertRefused(Node node, Socket socket) {
        assertThatThrownBy(() -> socket.run(node, () -> {
                    throw new AssertionError("called for a revoked login");
                }))
                .isInstanceOf(AuthenticationRevokedException.class);
    }
}
