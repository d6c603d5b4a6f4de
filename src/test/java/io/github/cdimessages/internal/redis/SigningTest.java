package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.internal.redis.settings.SigningSettings;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.testing.RedisServerFixture;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

/** What servers with keys take from a real Redis, and what they refuse. */
class SigningTest {
    private static final String KEYS = "messages.redis.signing-keys";
    private static final String MODE = "messages.redis.signing";
    private static final String KEY = SigningSettingsTest.KEY;
    private static final String NEW_KEY = SigningSettingsTest.NEW_KEY;
    private static final byte[] SENTINEL = "cdi-messages:sentinel".getBytes(UTF_8);
    private static final long HUGE = 1L << 40;

    @AutoClose
    private final RedisServerFixture redis = RedisServerFixture.started();

    @Test
    void serversWithTheSameKeyHearEachOther() throws Exception {
        try (Node a = Node.started("a", redis, KEYS, KEY);
                Node b = Node.started("b", redis, KEYS, KEY)) {
            b.listen("orders");
            a.post("orders", "{\"id\":17}").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("orders={\"id\":17}");
            assertThat(b.malformed).isEmpty();
        }
    }

    @Test
    void whatIsUnsignedForgedCopiedOrOfAnotherKeyIsRefusedAndSilencesNobody() throws Exception {
        try (Node a = Node.started("a", redis, KEYS, KEY);
                Node b = Node.started("b", redis, KEYS, KEY)) {
            b.listen("orders");
            b.listen("others");
            Queue<byte[]> seen = new ConcurrentLinkedQueue<>();
            tap("orders", seen);
            a.post("orders", "1").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("orders=1");
            await().until(() -> !seen.isEmpty());
            byte[] genuine = seen.remove();
            byte[] changed = genuine.clone();
            EnvelopeFormat.number(changed, HUGE);

            publish("orders", envelope(HUGE, ""));
            publish("orders", envelope(HUGE, NEW_KEY));
            publish("orders", changed);
            publish("others", genuine);
            publish("orders", genuine);
            a.post("orders", "2").get(10, SECONDS);

            assertThat(b.next()).as("nothing in between").isEqualTo("orders=2");
            assertThat(b.malformed)
                    .extracting(Throwable::getMessage)
                    .satisfiesExactly(
                            unsigned -> assertThat(unsigned).contains("not signed", KEYS),
                            key -> assertThat(key).contains("signed with a key that is not"),
                            number -> assertThat(number).contains("does not fit"),
                            channel -> assertThat(channel).contains("'others'", "does not fit"));
        }
    }

    @Test
    void aForgedBeaconSilencesNobody() throws Exception {
        try (Node a = Node.started("a", redis, KEYS, KEY);
                Node b = Node.started("b", redis, KEYS, KEY)) {
            b.listen("orders");
            redis.raw(jedis -> jedis.publish(SENTINEL, new Beacon("a", HUGE, true).write(false)));
            redis.raw(jedis -> jedis.publish(SENTINEL, new Beacon("a", HUGE, true).write(true)));
            a.post("orders", "1").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("orders=1");
            assertThat(b.malformed).hasSize(2);
            assertThat(b.gaps).isEmpty();
        }
    }

    @Test
    void aForgedLogEntryIsAGapAndSilencesNobody() throws Exception {
        try (CutOff b = CutOff.signed(KEY, redis, "orders");
                Node a = Node.started("a", redis, KEYS, KEY)) {
            a.post("orders", "1").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("orders=1");
            b.cut();
            a.post("orders", "2").get(10, SECONDS);
            redis.raw(jedis -> jedis.xadd(
                    "cdi-messages:log:a".getBytes(UTF_8),
                    XAddParams.xAddParams().id(HUGE + "-0"),
                    Map.of("b".getBytes(UTF_8), LogEntry.marker(3, true, false))));
            b.mend();
            assertThat(b.node.next()).isEqualTo("orders=2");
            a.post("orders", "3").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("orders=3");
            assertThat(b.node.gaps)
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.cause()).contains("has not written"));
            assertThat(b.node.malformed).hasSize(1);
            try (Node c = Node.started("c", redis, KEYS, KEY)) {
                c.listen("orders");
                a.post("orders", "4").get(10, SECONDS);
                assertThat(c.next()).isEqualTo("orders=4");
            }
        }
    }

    @Test
    void signedLogsAreRecovered() throws Exception {
        try (CutOff b = CutOff.signed(KEY, redis, "orders");
                Node a = Node.started("a", redis, KEYS, KEY)) {
            b.cut();
            a.post("orders", "1").get(10, SECONDS);
            b.mend();
            assertThat(b.node.next()).isEqualTo("orders=1");
            assertThat(b.node.gaps).isEmpty();
            assertThat(b.node.malformed).isEmpty();
        }
    }

    @Test
    void signingIsIntroducedStepByStep() throws Exception {
        try (Node without = Node.started("a", redis);
                Node first = Node.started("b", redis, KEYS, KEY, MODE, "accept-unsigned");
                Node last = Node.started("c", redis, KEYS, KEY)) {
            assertHears(without, first);
            assertHears(first, without);
            assertHears(first, last);
            assertHears(last, first);
        }
    }

    @Test
    void aKeyIsReplacedStepByStep() throws Exception {
        try (Node old = Node.started("a", redis, KEYS, KEY);
                Node prepared = Node.started("b", redis, KEYS, KEY + ',' + NEW_KEY);
                Node turned = Node.started("c", redis, KEYS, NEW_KEY + ',' + KEY);
                Node done = Node.started("d", redis, KEYS, NEW_KEY)) {
            assertHears(old, prepared);
            assertHears(prepared, old);
            assertHears(prepared, turned);
            assertHears(turned, prepared);
            assertHears(turned, done);
            assertHears(done, turned);
        }
    }

    private static void assertHears(Node listener, Node poster) throws Exception {
        String channel = listener.origin() + "-hears-" + poster.origin();
        listener.listen(channel);
        poster.post(channel, "1").get(10, SECONDS);
        assertThat(listener.next()).isEqualTo(channel + "=1");
    }

    /** A message of server a, as somebody else may make it who knows the format. */
    private byte[] envelope(long number, String key) {
        Envelope envelope = new Envelope("orders", "text", "a", 1, 17, ByteBuffer.wrap("\"forged\"".getBytes(UTF_8)));
        byte[] bytes = new EnvelopeFormat(1_000, !key.isEmpty()).encode(envelope);
        EnvelopeFormat.number(bytes, number);
        if (!key.isEmpty()) {
            SigningSettings settings = SigningSettings.read(new Settings(Map.of(KEYS, key)::get));
            new Seal(settings).sign(Seal.Kind.MESSAGE, inRedis("orders"), 0, bytes);
        }
        return bytes;
    }

    private void publish(String channel, byte[] bytes) {
        redis.raw(jedis -> jedis.publish(inRedis(channel), bytes));
    }

    /** Hears one message as somebody else does. */
    private void tap(String channel, Queue<byte[]> seen) {
        BinaryJedisPubSub collects = new BinaryJedisPubSub() {
            @Override
            public void onMessage(byte[] from, byte[] message) {
                seen.add(message);
                unsubscribe();
            }
        };
        Thread thread = new Thread(() -> {
            try (Jedis jedis = new Jedis(URI.create(redis.uri()))) {
                jedis.subscribe(collects, inRedis(channel));
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> redis.raw(other ->
                        other.pubsubNumSub("cdi-messages:channel:" + channel).get("cdi-messages:channel:" + channel))
                == 2);
    }

    private static byte[] inRedis(String channel) {
        return ("cdi-messages:channel:" + channel).getBytes(UTF_8);
    }
}
