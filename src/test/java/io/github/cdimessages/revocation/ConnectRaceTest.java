package io.github.cdimessages.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logins that are revoked on one server while they connect to another. */
@Timeout(120)
class ConnectRaceTest {
    private static final int TIMES = 1_000;

    @Test
    void noLoginThatIsRevokedWhileItConnectsSurvives() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a");
                Node b = Node.withRedis(redis, "node-b")) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                String user = "user-" + i;
                Instant checked = Instant.now();
                CyclicBarrier both = new CyclicBarrier(2);
                Socket socket = Socket.of(null);
                sockets.add(socket);
                CompletableFuture<Void> connecting = CompletableFuture.runAsync(() -> {
                    await(both);
                    try {
                        socket.identify(b, Identity.of(user).authenticatedAt(checked));
                    } catch (AuthenticationRevokedException e) {
                        // the revocation was faster
                    }
                });
                await(both);
                a.messages()
                        .revokeAuthentication(user, Revocation.user())
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS);
                connecting.get(60, TimeUnit.SECONDS);
            }
            assertThat(sockets)
                    .hasSize(TIMES)
                    .allSatisfy(socket -> assertThat(socket.closed()).isNotNull());
        }
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
