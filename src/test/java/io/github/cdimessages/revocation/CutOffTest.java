package io.github.cdimessages.revocation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.TransportLost;
import io.github.cdimessages.TransportRestored;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.Socket;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

/** Revocations while a server, or Redis, is away. */
@Timeout(120)
class CutOffTest {
    private static final String LEDGER = "cdi-messages:revocations";

    @Singleton
    static class Observer {
        final CountDownLatch lost = new CountDownLatch(1);
        final Heard<Object> told = new Heard<>();

        void lost(@Observes TransportLost event) {
            lost.countDown();
        }

        void restored(@Observes TransportRestored event) {
            told.onMessage(event);
        }

        void revoked(@Observes AuthenticationRevoked event) {
            told.onMessage(event);
        }
    }

    @Test
    void whatWasRevokedWhileAServerWasCutOffIsClosedBeforeItTellsOfItsReturn() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            user(redis, "on");
            try (Node a = Node.withRedis(redis, "node-a");
                    Node b = Node.configured(
                            Map.of(
                                    "messages.redis.uri",
                                    redis.uri().replace("://", "://b:secret@"),
                                    "messages.redis.recovery",
                                    "off"),
                            Observer.class)) {
                RevocationTest.revoke(b, "nobody", Revocation.user()); // both are connected now
                Socket alices = Socket.open(b, "alice");
                Socket bobs = Socket.open(b, "bob");
                cutOff(redis, b);

                RevocationTest.revoke(a, "alice", Revocation.user());
                assertThat(alices.isOpen()).isTrue();
                user(redis, "on");

                assertThat(alices.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
                b.get(Observer.class).told.await(3);
                assertThat(b.get(Observer.class).told.all().get(1))
                        .isEqualTo(new AuthenticationRevoked("alice", Revocation.user()));
                assertThat(b.get(Observer.class).told.all().get(2)).isInstanceOf(TransportRestored.class);
                assertThat(bobs.isOpen()).isTrue();
            }
        }
    }

    @Test
    void whatRedisLostIsToldAgainByWhoRevokedIt() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            user(redis, "on");
            try (Node a = Node.withRedis(redis, "node-a");
                    Node b = Node.configured(
                            Map.of("messages.redis.uri", redis.uri().replace("://", "://b:secret@")), Observer.class)) {
                RevocationTest.revoke(b, "nobody", Revocation.user()); // both are connected now
                Socket alices = Socket.open(b, "alice");
                cutOff(redis, b);
                RevocationTest.revoke(a, "alice", Revocation.user());

                redis.raw(jedis -> jedis.flushAll());
                redis.raw(jedis -> jedis.sendCommand(Command.CLIENT, "KILL", "USER", "default"));
                await().atMost(Duration.ofSeconds(60)).until(() -> redis.<Long>raw(jedis -> jedis.xlen(LEDGER)) == 1);
                user(redis, "on");

                assertThat(alices.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
            }
        }
    }

    @Test
    void aServerThatStartsLaterEndsWhatWasAuthenticatedBeforeAndNothingElse() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a")) {
            Instant before = Instant.now();
            RevocationTest.revoke(a, "alice", Revocation.user());
            Instant revoked = Instant.now();
            // no wait for an event but a later login: b asks Redis for the time, and may take the answer for earlier
            Instant after = await().until(Instant::now, now -> now.isAfter(revoked.plusSeconds(2)));
            try (Node b = Node.withRedis(redis, "node-b", Observer.class)) {
                Socket fresh = Socket.open(b, Identity.of("alice").authenticatedAt(after));
                Socket stale = Socket.open(b, (String) null);
                try {
                    stale.identify(b, Identity.of("alice").authenticatedAt(before));
                } catch (MessagesException e) {
                    // the ledger may have been read already
                }
                assertThat(stale.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
                assertThat(fresh.isOpen()).isTrue();
                assertThat(b.get(Observer.class).told.all()).isEmpty();
            }
        }
    }

    @Test
    void withoutRedisItActsHereAtOnceAndTheStageTellsTheTruth() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.notStarted();
                Node node = Node.configured(
                        Map.of("messages.redis.uri", redis.uri(), "messages.redis.post-timeout", "1s"))) {
            Socket socket = Socket.open(node, "alice");

            CompletionStage<PostResult> stage = node.messages().revokeAuthentication("alice", Revocation.user());

            assertThat(socket.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
            assertThat(stage.toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(MessagesException.class)
                    .withMessageContaining("'alice'")
                    .withMessageContaining("this server alone");

            redis.start(); // nobody calls again
            await().atMost(Duration.ofSeconds(60)).until(() -> redis.<Long>raw(jedis -> jedis.xlen(LEDGER)) == 1);
        }
    }

    @Test
    void aRevocationWaitsForRedisToComeBack() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.notStarted();
                Node node = Node.configured(
                        Map.of("messages.redis.uri", redis.uri(), "messages.redis.post-timeout", "100s"))) {
            CompletionStage<PostResult> stage = node.messages().revokeAuthentication("alice", Revocation.user());
            redis.start();
            stage.toCompletableFuture().get(110, SECONDS);
            assertThat(redis.<Long>raw(jedis -> jedis.xlen(LEDGER))).isEqualTo(1);
        }
    }

    @Test
    void aRedisWithoutMemoryIsNotTakenForOneThatRefusesItsUser() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node node = Node.configured(
                        Map.of("messages.redis.uri", redis.uri(), "messages.redis.post-timeout", "1s"))) {
            redis.raw(jedis -> jedis.configSet("maxmemory", "1"));
            assertThat(node.messages()
                            .revokeAuthentication("alice", Revocation.user())
                            .toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withMessageContaining("maxmemory")
                    .withMessageNotContaining("+xadd");
        }
    }

    @Test
    void aRevocationThatCanNeverBeWrittenFailsAndHoldsUpNoOther() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node node = Node.configured(Map.of(
                        "messages.redis.uri",
                        redis.uri(),
                        "messages.redis.max-message-size",
                        "1024",
                        "messages.redis.post-timeout",
                        "100s"))) {
            CompletionStage<PostResult> tooLong =
                    node.messages().revokeAuthentication("a".repeat(2_000), Revocation.user());
            CompletionStage<PostResult> next = node.messages().revokeAuthentication("alice", Revocation.user());

            assertThat(next.toCompletableFuture().get(60, SECONDS).reached()).isEqualTo(Reach.GLOBAL);
            assertThat(tooLong.toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(MessagesException.class)
                    .withMessageContaining("messages.redis.max-message-size");
        }
    }

    @Test
    void sessionsWithAUserAreClosedWhenRedisStaysAwayAndNewOnesToo() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node node = Node.configured(
                        Map.of("messages.redis.uri", redis.uri(), "messages.revocation.max-outage", "1s"))) {
            Socket nobody = Socket.open(node, (String) null);
            long begun = System.nanoTime();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions() // past the limit, sessions are let in only where the ledger was read
                    .until(() -> System.nanoTime() - begun > SECONDS.toNanos(1)
                            && Socket.open(node, "bob").isOpen());
            Socket alices = Socket.open(node, "alice");
            redis.stop();

            assertThat(alices.closed().getCloseCode()).isEqualTo(CloseCodes.TRY_AGAIN_LATER);
            assertThat(alices.closed().getReasonPhrase()).contains("can't be checked");
            for (int i = 0; i < 1_000; i++) { // closed before or after the callback is refused
                Socket later = Socket.of("alice");
                assertThatThrownBy(() -> later.run(node, () -> {
                            throw new AssertionError("called for a login that can't be checked");
                        }))
                        .isInstanceOf(AuthenticationRevokedException.class)
                        .hasMessageContaining("messages.revocation.max-outage");
                assertThat(later.closed().getCloseCode()).isEqualTo(CloseCodes.TRY_AGAIN_LATER);
            }
            assertThat(nobody.isOpen()).isTrue();
        }
    }

    /** Shuts node b out, and waits until it knows. */
    private static void cutOff(RedisServerFixture redis, Node b) throws InterruptedException {
        user(redis, "off");
        redis.raw(jedis -> jedis.sendCommand(Command.CLIENT, "KILL", "USER", "b"));
        assertThat(b.get(Observer.class).lost.await(60, SECONDS)).isTrue();
    }

    private static void user(RedisServerFixture redis, String state) {
        redis.raw(jedis -> jedis.aclSetUser("b", "reset", state, ">secret", "~*", "&*", "+@all"));
    }
}
