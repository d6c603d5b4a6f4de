package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisTransportTest {
    private static RedisServerFixture redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServerFixture.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void whatOneServerPostsEveryServerHearsOnce() throws Exception {
        try (Node a = Node.started("a", redis);
                Node b = Node.started("b", redis)) {
            a.listen("orders");
            b.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(List.of(a.next(), b.next())).containsOnly("orders=1");
            b.post("orders", "2").get(10, SECONDS);
            assertThat(List.of(a.next(), b.next())).containsOnly("orders=2");
            assertThat(a.received).isEmpty();
            assertThat(b.received).isEmpty();
        }
    }

    @Test
    void anEnvelopeArrivesWhole() throws Exception {
        try (Node a = Node.started("knoten-ä", redis)) {
            a.listen("räume:7");
            a.send("räume:7", "\"😀\"");
            Envelope envelope = a.received.poll(10, SECONDS);
            assertThat(envelope.channel()).isEqualTo("räume:7");
            assertThat(envelope.type()).isEqualTo("text");
            assertThat(envelope.origin()).isEqualTo("knoten-ä");
            assertThat(envelope.sequence()).isEqualTo(1);
            assertThat(envelope.postedAtMillis()).isEqualTo(17);
            assertThat(envelope.json()).isEqualTo("\"😀\"");
        }
    }

    @Test
    void eightPostersLoseNothingDuplicateNothingAndKeepTheirOrder() throws Exception {
        int posters = 8;
        int posts = 20_000;
        try (Node a = Node.started(
                        "a", redis, "messages.redis.outbox-messages", "200000", "messages.redis.post-timeout", "120s");
                Node b = Node.started("b", redis)) {
            b.listen("busy");
            List<Thread> threads = new ArrayList<>();
            for (int poster = 0; poster < posters; poster++) {
                int id = poster;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < posts; i++) {
                        a.send("busy", id + "." + i);
                    }
                }));
            }
            threads.forEach(Thread::start);
            int[] next = new int[posters];
            for (int n = 0; n < posters * posts; n++) {
                Envelope envelope = b.received.poll(10, SECONDS);
                assertThat(envelope).as("message %d", n).isNotNull();
                String json = envelope.json();
                int dot = json.indexOf('.');
                int poster = Integer.parseInt(json.substring(0, dot));
                if (Integer.parseInt(json.substring(dot + 1)) != next[poster]++) {
                    assertThat(json).as("the next of its poster").isEqualTo(poster + "." + (next[poster] - 1));
                }
            }
            b.transport.subscribe("end");
            b.send("end", "0");
            assertThat(b.next()).isEqualTo("end=0");
        }
    }

    @Test
    void aPostThatFollowsASubscriptionIsNotMissed() throws Exception {
        try (Node a = Node.started("a", redis)) {
            for (int i = 0; i < 2_000; i++) {
                String channel = "room-" + i % 7;
                a.transport.subscribe(channel);
                a.send(channel, String.valueOf(i));
                assertThat(a.next()).isEqualTo(channel + "=" + i);
                a.transport.unsubscribe(channel);
            }
        }
    }

    @Test
    void onlyChannelsWithAnInterestAreSubscribed() throws Exception {
        try (Node a = Node.started("a", redis, "messages.redis.prefix", "interest")) {
            a.listen("one");
            a.listen("two");
            assertThat(subscribed("interest:*"))
                    .containsExactlyInAnyOrder("interest:sentinel", "interest:channel:one", "interest:channel:two");
            a.transport.unsubscribe("one");
            a.transport.unsubscribe("two");
            await().until(() -> subscribed("interest:*").equals(List.of("interest:sentinel")));
            a.listen("three");
            a.send("three", "3");
            assertThat(a.next()).isEqualTo("three=3");
        }
    }

    @Test
    void aSubscriptionThatIsGivenUpBeforeItIsConfirmedFails() {
        Node a = Node.notStarted("a", redis);
        CompletableFuture<Void> ready = a.transport.subscribe("orders").toCompletableFuture();
        a.transport.unsubscribe("orders");
        assertThatThrownBy(() -> ready.get(10, SECONDS)).hasMessageContaining("'orders': given up");
        a.close();
    }

    @Test
    void garbageOnAChannelIsReportedAndTheNextMessageArrives() throws Exception {
        try (Node a = Node.started("a", redis)) {
            a.listen("orders");
            byte[] channel = "cdi-messages:channel:orders".getBytes(UTF_8);
            byte[] sentinel = "cdi-messages:sentinel".getBytes(UTF_8);
            redis.raw(jedis -> jedis.publish(sentinel, "ignored".getBytes(UTF_8)));
            redis.raw(jedis -> jedis.publish(channel, new byte[0]));
            redis.raw(jedis -> jedis.publish(channel, "{\"id\":17}".getBytes(UTF_8)));
            redis.raw(jedis -> jedis.publish(channel, new byte[10 << 20]));
            a.send("orders", "\"throw\"");
            a.send("orders", "1");
            assertThat(a.next()).isEqualTo("orders=1");
            assertThat(a.malformed)
                    .extracting(Throwable::getMessage)
                    .satisfiesExactly(
                            empty -> assertThat(empty).contains("'orders'", "no envelope"),
                            json -> assertThat(json).contains("no envelope"),
                            large -> assertThat(large).contains("10485760 bytes", "max-message-size"));
        }
    }

    @Test
    void aMessageThatNoSocketBufferTakesArrivesToo() throws Exception {
        String large = "\"" + "x".repeat(5 << 20) + "\"";
        try (Node a = Node.started("a", redis, "messages.redis.max-message-size", String.valueOf(6 << 20))) {
            a.listen("large");
            a.send("large", "1");
            a.send("large", large);
            a.send("large", "2");
            assertThat(List.of(a.next(), a.next(), a.next())).containsExactly("large=1", "large=" + large, "large=2");
        }
    }

    @Test
    void whatCanNeverBeSentIsThrownByTheCall() {
        try (Node a = Node.started("a", redis)) {
            assertThatThrownBy(() -> a.post("orders", "x".repeat(2 << 20)))
                    .isInstanceOf(MessagesException.class)
                    .hasMessageContaining("messages.redis.max-message-size");
            assertThatThrownBy(() -> a.post("\ud800", "1")).hasMessageContaining("surrogate");
            assertThatThrownBy(() -> a.transport.subscribe("")).hasMessageContaining("0 bytes");
        }
    }

    @Test
    void postsWhoseCompletionsAreStuckFillTheOutbox() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        try (Node a = Node.notStarted("a", redis, "messages.redis.outbox-messages", "10")) {
            CompletableFuture<Void> blocking = a.post("orders", "0")
                    .thenRun(() -> assertThatCode(stuck::await).doesNotThrowAnyException());
            a.transport.start(a);
            await().until(() -> {
                CompletableFuture<Void> refused = a.post("orders", "1");
                return refused.isCompletedExceptionally();
            });
            stuck.countDown();
            blocking.get(10, SECONDS);
            await().until(() -> !a.post("orders", "2").isCompletedExceptionally());
        } finally {
            stuck.countDown();
        }
    }

    @Test
    void codeAttachedToAPostRunsOnNoThreadOfTheLink() throws Exception {
        try (Node a = Node.started("a", redis)) {
            a.listen("orders");
            List<CompletableFuture<String>> names = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                names.add(a.post("orders", "1")
                        .thenApply(done -> Thread.currentThread().getName()));
            }
            for (CompletableFuture<String> name : names) {
                assertThat(name.get(10, SECONDS)).doesNotContain("redis");
            }
        }
    }

    private static List<String> subscribed(String pattern) {
        return redis.raw(jedis -> List.copyOf(jedis.pubsubChannels(pattern)));
    }
}
