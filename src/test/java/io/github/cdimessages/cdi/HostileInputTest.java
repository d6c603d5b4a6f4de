package io.github.cdimessages.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.Told;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody else may publish, through a real Redis to a listener: it fails alone, and the next message arrives. */
class HostileInputTest {
    public record Order(int number, BigDecimal sum) {}

    private static final String TYPE = Order.class.getName();
    private static final Order GOOD = new Order(1, BigDecimal.ONE);

    // Mutable state: set before the tests
    private static RedisServerFixture redis;
    private static Node node;

    @BeforeAll
    static void start() {
        redis = RedisServerFixture.started();
        node = Node.withRedis(redis, "node-a", Told.class);
    }

    @AfterAll
    static void end() {
        node.close();
        redis.close();
    }

    static Stream<Arguments> hostile() {
        byte[] noise = new byte[4_096];
        new Random(6).nextBytes(noise);
        return Stream.of(
                Arguments.of("nothing", new byte[0], "no envelope"),
                Arguments.of("ten megabytes", new byte[10 << 20], "max-message-size"),
                Arguments.of("random bytes", noise, "no envelope"),
                Arguments.of("another application's JSON", "{\"order\":17}".getBytes(UTF_8), "no envelope"),
                Arguments.of("a later version", changed(2, 2), "version 2"),
                Arguments.of("a flag that must be understood", changed(3, 4), "flags 4"),
                Arguments.of("deep nesting", json("{\"sum\":" + "[".repeat(100_000)), "max-depth"),
                Arguments.of("a number without end", json("{\"sum\":" + "9".repeat(100_000) + '}'), "100000"),
                Arguments.of("a number too high", json("{\"sum\":1e1000000000}"), "exponent"),
                Arguments.of("half a text", json("{\"number\":"), TYPE),
                Arguments.of("no object", json("null"), TYPE),
                Arguments.of("no UTF-8", envelope(TYPE, "{\"number\":\"\u00ff\u00fe".getBytes(ISO_8859_1)), TYPE),
                Arguments.of("an unknown type", envelope("unknown", "{}".getBytes(UTF_8)), "unknown"),
                Arguments.of(
                        "a type that forges a line", envelope("x\nWARNING", "{}".getBytes(UTF_8)), "x\\u000aWARN"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void itFailsAloneOverTheSameConnection(String name, byte[] bytes, String reason) throws Exception {
        String channel = "orders of " + name;
        Heard<Order> heard = new Heard<>();
        List<String> connections = redis.lastingConnections();
        try (LogFixture log = LogFixture.named("io.github.cdimessages")) {
            Node.ready(node.applicationWide().addListener(channel, Order.class, heard));
            long before = node.bus().failureCount();
            publish(channel, bytes);
            node.post(channel, GOOD, Reach.GLOBAL);
            heard.await(1);
            assertThat(heard.all()).containsExactly(GOOD);
            List<DeliveryFailure> failures = await().until(() -> on(channel), found -> !found.isEmpty());
            assertThat(failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.cause()).hasMessageContaining(reason));
            assertThat(node.bus().failureCount()).isEqualTo(before + 1);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(channel))
                    .singleElement()
                    .satisfies(line -> assertThat(line).doesNotContain("\n"));
        }
        assertThat(redis.lastingConnections()).isEqualTo(connections);
    }

    @Test
    void aClassThatIsNamedIsNotLoaded() throws Exception {
        Heard<Order> heard = new Heard<>();
        Node.ready(node.applicationWide().addListener("named", Order.class, heard));
        publish("named", envelope(Trap.class.getName(), "{}".getBytes(UTF_8)));
        node.post("named", GOOD, Reach.GLOBAL);
        heard.await(1);
        await().until(() -> !on("named").isEmpty());
        assertThat(TRAP.get("sprung")).isNull();
    }

    @Test
    void aTextThatIsOnlyStrangeIsRead() throws Exception {
        Heard<Order> heard = new Heard<>();
        Node.ready(node.applicationWide().addListener("strange", Order.class, heard));
        publish("strange", json("{\"number\":1,\"other\":\"\\ud800\",\"later\":{\"a\":[1]},\"sum\":1}"));
        heard.await(1);
        assertThat(heard.all()).containsExactly(GOOD);
        assertThat(on("strange")).isEmpty();
    }

    @Test
    void aFloodIsCountedAndDoesNotFloodTheLog() throws Exception {
        Heard<Order> heard = new Heard<>();
        try (LogFixture log = LogFixture.named("io.github.cdimessages")) {
            Node.ready(node.applicationWide().addListener("flood", Order.class, heard));
            long before = node.bus().failureCount();
            redis.raw(jedis -> {
                for (int i = 0; i < 5_000; i++) {
                    jedis.publish(inRedis("flood"), new byte[i % 100]);
                }
                return null;
            });
            node.post("flood", GOOD, Reach.GLOBAL);
            heard.await(1);
            assertThat(node.bus().failureCount()).isEqualTo(before + 5_000);
            assertThat(log.lines()).filteredOn(line -> line.contains("flood")).hasSizeLessThan(100);
        }
    }

    private static final Map<String, Boolean> TRAP = new ConcurrentHashMap<>();

    /** Says when it is initialised. */
    public static class Trap {
        static {
            TRAP.put("sprung", true);
        }
    }

    private static List<DeliveryFailure> on(String channel) {
        return node.get(Told.class).failures().stream()
                .filter(failure -> failure.channel().equals(channel))
                .toList();
    }

    private static void publish(String channel, byte[] bytes) {
        redis.raw(jedis -> jedis.publish(inRedis(channel), bytes));
    }

    private static byte[] inRedis(String channel) {
        return ("cdi-messages:channel:" + channel).getBytes(UTF_8);
    }

    private static byte[] changed(int at, int value) {
        byte[] bytes = json("{}");
        bytes[at] = (byte) value;
        return bytes;
    }

    private static byte[] json(String json) {
        return envelope(TYPE, json.getBytes(UTF_8));
    }

    /** Written by hand from docs/wire-format.md, as another program would. */
    private static byte[] envelope(String type, byte[] body) {
        byte[] name = type.getBytes(UTF_8);
        int header = 30 + 2 + 1 + 2 + name.length;
        return ByteBuffer.allocate(header + body.length)
                .putShort((short) 0xCD4D)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header)
                .putLong(1)
                .putLong(17)
                .putLong(0)
                .putShort((short) 1)
                .put((byte) 'x')
                .putShort((short) name.length)
                .put(name)
                .put(body)
                .array();
    }
}
