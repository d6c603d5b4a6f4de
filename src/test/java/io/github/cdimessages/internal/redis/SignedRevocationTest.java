package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.internal.redis.settings.SigningSettings;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.Socket;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;

/** Revocations of servers with keys, and what somebody forges who can write to their Redis. */
@Timeout(120)
class SignedRevocationTest {
    private static final String KEY = SigningSettingsTest.KEY;
    private static final String NEW_KEY = SigningSettingsTest.NEW_KEY;
    private static final String CHANNEL = "cdi-messages:channel:_revocations";
    private static final String LEDGER = "cdi-messages:revocations";

    @AutoClose
    private final RedisServerFixture redis = RedisServerFixture.started();

    @Singleton
    static class Observer {
        final Heard<AuthenticationRevoked> revoked = new Heard<>();

        void revoked(@Observes AuthenticationRevoked event) {
            revoked.onMessage(event);
        }
    }

    @Test
    void aForgedNoticeIsRefusedAndARealOneActs() throws Exception {
        try (Node a = node("a", KEY);
                Node b = node("b", KEY);
                Node trusting = Node.withRedis(redis, "trusting", Observer.class)) {
            await().until(() -> redis.raw(jedis -> jedis.pubsubNumSub(CHANNEL).get(CHANNEL)) == 3);
            Socket alices = Socket.open(b, "alice");
            Socket bobs = Socket.open(b, "bob");
            Socket trusted = Socket.open(trusting, "alice");

            publish(envelope("unsigned", "", Seal.Kind.MESSAGE, CHANNEL));
            publish(envelope("another key", NEW_KEY, Seal.Kind.MESSAGE, CHANNEL));
            publish(envelope("a ledger's entry", KEY, Seal.Kind.REVOCATION, LEDGER));
            trusted.closed(); // there they are good: it looks at no signature
            revoke(a, "bob");

            bobs.closed();
            b.get(Observer.class).revoked.await(1);
            assertThat(b.get(Observer.class).revoked.all())
                    .containsExactly(new AuthenticationRevoked("bob", Revocation.user()));
            assertThat(alices.isOpen()).isTrue();
        }
    }

    @Test
    void aForgedEntryOfTheLedgerIsRefusedAndARealOneActs() throws Exception {
        Instant before = Instant.now();
        append(envelope("unsigned", "", Seal.Kind.REVOCATION, LEDGER));
        append(envelope("another key", NEW_KEY, Seal.Kind.REVOCATION, LEDGER));
        append(envelope("a message", KEY, Seal.Kind.MESSAGE, CHANNEL));
        append(envelope("another ledger's", KEY, Seal.Kind.REVOCATION, "other:revocations"));
        try (Node a = node("a", KEY)) {
            revoke(a, "bob");
            try (Node b = node("b", KEY);
                    Node trusting = Node.withRedis(redis, "trusting")) {
                assertEnded(trusting, "alice", before);
                assertEnded(b, "bob", before); // which was written last
                assertThat(old(b, "alice", before).isOpen()).isTrue();
            }
        }
        List<StreamEntry> all = redis.raw(jedis -> jedis.xrange(LEDGER, (StreamEntryID) null, null));
        assertThat(all).hasSize(5);
    }

    @Test
    void revocationsPassWhileAKeyIsReplaced() throws Exception {
        Instant before = Instant.now();
        try (Node old = node("old", KEY);
                Node prepared = node("prepared", KEY + ',' + NEW_KEY)) {
            Socket onPrepared = Socket.open(prepared, "alice");
            Socket onOld = Socket.open(old, "carol");
            revoke(old, "alice");
            onPrepared.closed();
            revoke(prepared, "carol");
            onOld.closed();
            try (Node turned = node("turned", NEW_KEY + ',' + KEY)) {
                assertEnded(turned, "alice", before);
                Socket bobs = Socket.open(prepared, "bob");
                revoke(turned, "bob");
                bobs.closed();
            }
        }
        try (Node done = node("done", NEW_KEY)) {
            assertEnded(done, "bob", before);
        }
    }

    private Node node(String name, String keys) {
        return Node.configured(
                Map.of("messages.redis.uri", redis.uri(), "messages.node", name, SigningSettings.KEYS, keys),
                Observer.class);
    }

    private static void revoke(Node node, String user) throws Exception {
        node.messages()
                .revokeAuthentication(user, Revocation.user())
                .toCompletableFuture()
                .get(60, SECONDS);
    }

    /** A session that was authenticated at a time. */
    private static Socket old(Node node, String user, Instant at) {
        Socket socket = Socket.of(null);
        try {
            socket.identify(node, Identity.of(user).authenticatedAt(at));
        } catch (AuthenticationRevokedException e) {
            assertThat(e).hasMessageContaining("'" + user + "' was revoked");
        }
        return socket;
    }

    private static void assertEnded(Node node, String user, Instant at) {
        assertThat(old(node, user, at).closed().getReasonPhrase()).contains("revoked");
    }

    /** A revocation of alice, as somebody may make it who knows the format. */
    private static byte[] envelope(String id, String key, Seal.Kind kind, String place) {
        long later = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plusSeconds(3_600));
        String json = "{\"id\":\"" + id + "\",\"user\":\"alice\",\"kind\":\"user\",\"names\":[],\"at\":" + later + '}';
        Envelope envelope = new Envelope(
                "_revocations", "cdi-messages.revocation", "a", 1, 17, ByteBuffer.wrap(json.getBytes(UTF_8)));
        byte[] bytes = new EnvelopeFormat(10_000, !key.isEmpty()).encode(envelope);
        if (!key.isEmpty()) {
            SigningSettings settings = SigningSettings.read(new Settings(Map.of(SigningSettings.KEYS, key)::get));
            new Seal(settings).sign(kind, place.getBytes(UTF_8), 0, bytes);
        }
        return bytes;
    }

    private void publish(byte[] bytes) {
        redis.raw(jedis -> jedis.publish(CHANNEL.getBytes(UTF_8), bytes));
    }

    private void append(byte[] bytes) {
        redis.raw(jedis ->
                jedis.xadd(LEDGER.getBytes(UTF_8), XAddParams.xAddParams(), Map.of("e".getBytes(UTF_8), bytes)));
    }
}
