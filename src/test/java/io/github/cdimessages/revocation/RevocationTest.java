package io.github.cdimessages.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.MessageStream;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.Socket;
import io.github.cdimessages.testing.Taken;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Revocations on one server and two. */
@Timeout(120)
class RevocationTest {
    record Line(String text) {}

    @Singleton
    static class Observer {
        final Heard<AuthenticationRevoked> revoked = new Heard<>();

        void revoked(@Observes AuthenticationRevoked event) {
            revoked.onMessage(event);
        }
    }

    /** As an application may have it that posts no messages of its own. */
    @Alternative
    @Priority(1)
    @Singleton
    static class BrokenCodec implements MessageCodec {
        @Override
        public String encode(Object message) {
            throw new AssertionError("can't write");
        }

        @Override
        public <T> T decode(String json, Class<T> type) {
            throw new AssertionError("can't read");
        }
    }

    @Test
    void aBrokenCodecOfTheApplicationStopsNoRevocation() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            Map<String, String> tight = Map.of("messages.redis.uri", redis.uri(), "messages.json.max-depth", "1");
            try (Node a = Node.configured(tight, BrokenCodec.class);
                    Node b = Node.configured(tight, BrokenCodec.class)) {
                Socket onB = Socket.open(b, "alice");

                assertThat(revoke(a, "alice", Revocation.scopes("any")).reached())
                        .isEqualTo(Reach.GLOBAL);
                revoke(a, "alice", Revocation.user());

                assertThat(onB.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
            }
        }
    }

    @Test
    void aUsersSessionsAreClosedOnBothNodesAndAnothersAreNot() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a", Observer.class);
                Node b = Node.withRedis(redis, "node-b", Observer.class)) {
            Socket onA = Socket.open(a, "alice");
            Socket onB = Socket.open(b, "alice");
            Socket other = Socket.open(b, "bob");
            Socket nobody = Socket.open(b, (String) null);

            PostResult result = revoke(a, "alice", Revocation.user());

            assertThat(result.reached()).isEqualTo(Reach.GLOBAL);
            assertThat(onA.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
            assertThat(onB.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
            assertThat(onB.closed().getReasonPhrase()).contains("revoked", "log in again");
            b.get(Observer.class).revoked.await(1);
            a.get(Observer.class).revoked.await(1);
            assertThat(b.get(Observer.class).revoked.all())
                    .containsExactly(new AuthenticationRevoked("alice", Revocation.user()));
            assertThat(other.isOpen()).isTrue();
            assertThat(nobody.isOpen()).isTrue();
        }
    }

    @Test
    void onlyWhatAnAuthIdOpenedIsClosed() throws Exception {
        try (Node node = Node.with(Observer.class)) {
            Socket phone = Socket.open(node, Identity.of("alice").withAuthId("phone"));
            Socket desk = Socket.open(node, Identity.of("alice").withAuthId("desk"));
            Socket bobs = Socket.open(node, Identity.of("bob").withAuthId("phone"));

            assertThat(revoke(node, "alice", Revocation.authId("unknown")).reached())
                    .isEqualTo(Reach.LOCAL);
            revoke(node, "alice", Revocation.authId("phone"));

            phone.closed();
            node.get(Observer.class).revoked.await(2);
            assertThat(desk.isOpen()).isTrue();
            assertThat(bobs.isOpen()).isTrue();
        }
    }

    @Test
    void onlyWhatNeedsARevokedScopeIsClosed() throws Exception {
        try (Node node = Node.with(Observer.class)) {
            Socket editor = Socket.open(node, Identity.of("alice").withScopes(Set.of("editor", "reader")));
            Socket reader = Socket.open(node, Identity.of("alice").withScopes(Set.of("reader")));

            revoke(node, "alice", Revocation.scopes("editor", "unknown"));

            editor.closed();
            node.get(Observer.class).revoked.await(1);
            assertThat(reader.isOpen()).isTrue();
        }
    }

    @Test
    void aStreamOfARevokedSessionFailsAndNothingListensInItAnyMore() throws Exception {
        try (Node node = Node.with()) {
            Socket socket = Socket.open(node, "alice");
            AtomicReference<MessageStream<Line>> stream = new AtomicReference<>();
            socket.run(node, () -> stream.set(node.messages().createStream("lines", Line.class)));
            Taken<Line> taken = new Taken<>(10);
            stream.get().subscribe(taken);

            revoke(node, "alice", Revocation.user());

            taken.awaitEnd();
            assertThat(taken.problem())
                    .isInstanceOf(AuthenticationRevokedException.class)
                    .hasMessageContaining("'alice'");
            assertThat(stream.get().isClosed()).isTrue();
            assertThat(node.bus().listenerCount("lines")).isZero();
        }
    }

    @Test
    void aChangedIdentityCountsFromThenOn() throws Exception {
        try (Node node = Node.with(Observer.class)) {
            Socket socket = Socket.open(node, Identity.of("alice"));
            socket.identify(node, Identity.of("bob"));

            revoke(node, "alice", Revocation.user());
            node.get(Observer.class).revoked.await(1);
            assertThat(socket.isOpen()).isTrue();

            revoke(node, "bob", Revocation.user());
            socket.closed();
        }
    }

    @Test
    void aLoginWhoseIssuersClockIsAheadIsEndedAllTheSame() throws Exception {
        try (Node node = Node.with()) {
            Identity ahead = Identity.of("alice").authenticatedAt(Instant.now().plusSeconds(3_600));
            Socket socket = Socket.open(node, ahead);
            revoke(node, "alice", Revocation.user());
            assertThat(socket.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
        }
    }

    @Test
    void aLoginThatWasRevokedMeanwhileIsRefusedAndALaterOneIsNot() throws Exception {
        try (Node node = Node.with()) {
            Socket socket = Socket.open(node, (String) null);
            Instant before = Instant.now();
            revoke(node, "alice", Revocation.user());

            Socket later = Socket.open(node, "alice");
            assertThat(later.isOpen()).isTrue();
            assertThatThrownBy(() -> socket.identify(node, Identity.of("alice").authenticatedAt(before)))
                    .isInstanceOf(AuthenticationRevokedException.class);
            assertThat(socket.closed().getCloseCode()).isEqualTo(CloseCodes.VIOLATED_POLICY);
            assertThat(later.isOpen()).isTrue();
        }
    }

    @Test
    void wrongAndEmptyArgumentsAreRefused() {
        try (Node node = Node.with()) {
            assertRefused(() -> node.messages().revokeAuthentication(" ", Revocation.user()));
            assertRefused(() -> node.messages().revokeAuthentication(null, Revocation.user()));
            assertRefused(() -> node.messages().revokeAuthentication("alice", null));
            assertRefused(() -> Revocation.authId(""));
            assertRefused(() -> Revocation.scopes());
            assertRefused(() -> Revocation.scopes("a", " "));
            assertRefused(() -> new Revocation.Scopes(Set.of()));
        }
    }

    @Test
    void reservedChannelsAreTheLibrarysOwn() {
        try (Node node = Node.with()) {
            assertRefused(() -> node.messages().postMessage("_revocations", new Line("forged")));
            assertRefused(() -> node.applicationWide().addListener("_revocations", Line.class, line -> {}));
            assertRefused(() -> node.applicationWide().addListener("_x", event -> {}));
            assertRefused(() -> node.applicationWide().createStream("_x", Line.class));
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    static PostResult revoke(Node node, String user, Revocation revocation) throws Exception {
        return node.messages()
                .revokeAuthentication(user, revocation)
                .toCompletableFuture()
                .get(120, TimeUnit.SECONDS);
    }
}
