package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisOutageTest {
    private final RedisServerFixture redis = RedisServerFixture.notStarted();

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void aServerThatStartsBeforeRedisIsConnectedOnceItIsThere() throws Exception {
        try (Node a = Node.started("a", redis)) {
            CompletableFuture<Void> ready = a.transport.subscribe("orders").toCompletableFuture();
            CompletableFuture<Void> first = a.post("orders", "1");
            CompletableFuture<Void> second = a.post("orders", "2");
            assertThat(a.transport.isReachable()).isFalse();
            redis.start();
            ready.get(10, SECONDS);
            assertThat(List.of(a.next(), a.next())).containsExactly("orders=1", "orders=2");
            first.get(10, SECONDS);
            second.get(10, SECONDS);
            assertThat(a.transport.isReachable()).isTrue();
        }
    }

    @Test
    void whatIsPostedBeforeTheStartIsSentAfterIt() throws Exception {
        redis.start();
        try (Node a = Node.notStarted("a", redis)) {
            a.transport.subscribe("orders");
            a.send("orders", "1");
            a.send("others", "2");
            a.transport.start(a);
            assertThat(a.next()).isEqualTo("orders=1");
        }
    }

    @Test
    void afterARestartAllChannelsAreHeardAgainAndWaitingPostsArriveInOrder() throws Exception {
        redis.start();
        try (Node a = Node.started("a", redis);
                Node b = Node.started("b", redis)) {
            for (int i = 0; i < 20; i++) {
                a.listen("room-" + i);
            }
            redis.stop();
            await().until(() -> !b.transport.isReachable() && !a.transport.isReachable());
            b.transport.subscribe("room-7");
            for (int i = 0; i < 100; i++) {
                b.send("room-7", String.valueOf(i));
            }
            a.transport.unsubscribe("room-8");
            CompletableFuture<Void> added = a.transport.subscribe("added").toCompletableFuture();
            redis.start();
            added.get(10, SECONDS);
            for (int i = 0; i < 100; i++) {
                assertThat(b.next()).isEqualTo("room-7=" + i);
            }
            await().until(a.transport::isReachable);
            for (int i = 0; i < 20; i++) {
                a.transport.subscribe("room-" + i).toCompletableFuture().get(10, SECONDS);
            }
            await().until(() -> a.received.size() == 100); // those of room-7, which may come from the log
            a.received.clear();
            for (int i = 0; i < 20; i++) {
                b.send("room-" + i, "back");
                assertThat(a.next()).isEqualTo("room-" + i + "=back");
            }
            assertThat(a.received).isEmpty();
        }
    }

    @Test
    void eachConnectionThatIsKilledIsReplaced() throws Exception {
        redis.start();
        try (Node a = Node.started("a", redis)) {
            a.listen("orders");
            for (String role : List.of("publisher", "subscriber", "publisher", "subscriber")) {
                await().until(() ->
                        a.transport.isReachable() && redis.connections().size() == 2);
                String line = redis.connections().stream()
                        .filter(each -> each.contains(role))
                        .findFirst()
                        .orElseThrow();
                redis.killConnection(line);
                String id = line.substring(0, line.indexOf(' ') + 1);
                await().until(() -> redis.connections().size() == 2
                        && redis.connections().stream().noneMatch(each -> each.startsWith(id))
                        && a.transport.isReachable());
                a.listen("orders");
                a.post("orders", "1").get(10, SECONDS);
                assertThat(a.next()).isEqualTo("orders=1");
            }
        }
    }

    @Test
    void manyChannelsAreHeardAgain() throws Exception {
        redis.start();
        try (Node a = Node.started("a", redis)) {
            List<CompletableFuture<Void>> ready = subscribeMany(a);
            for (CompletableFuture<Void> each : ready) {
                each.get(10, SECONDS);
            }
            redis.restart();
            await().until(() -> redis.raw(jedis -> jedis.pubsubChannels("*")).size() == 10_001);
        }
    }

    @Test
    void whileRedisIsAwayTheOutboxFillsAndThenFailsAtOnce() throws Exception {
        try (Node a = Node.started("a", redis, "messages.redis.outbox-messages", "10")) {
            List<CompletableFuture<Void>> kept = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                kept.add(a.post("orders", String.valueOf(i)));
            }
            assertThatThrownBy(() -> a.post("orders", "11").getNow(null))
                    .hasCauseInstanceOf(MessagesException.class)
                    .hasMessageContaining("outbox is full")
                    .hasMessageContaining("messages.redis.outbox-messages");
            redis.start();
            for (CompletableFuture<Void> each : kept) {
                each.get(10, SECONDS);
            }
            await().ignoreExceptions() // their room is given back after they are told
                    .until(() -> a.post("orders", "12").get(10, SECONDS) == null);
        }
    }

    @Test
    void theOutboxIsBoundedByBytesToo() {
        String[] small = {"messages.redis.outbox-bytes", "5000", "messages.redis.max-message-size", "5000"};
        try (Node a = Node.started("a", redis, small)) {
            a.send("orders", "x".repeat(3_000));
            assertThatThrownBy(() -> a.post("orders", "x".repeat(3_000)).getNow(null))
                    .hasMessageContaining("outbox is full");
        }
    }

    @Test
    void aPostWhoseTimeIsOverFailsAndIsNeverSent() throws Exception {
        try (Node a = Node.started("a", redis, "messages.redis.post-timeout", "3s")) {
            a.transport.subscribe("orders");
            CompletableFuture<Void> held = a.post("orders", "1");
            CompletableFuture<Void> waiting = a.post("others", "2");
            for (CompletableFuture<Void> each : List.of(held, waiting)) {
                assertThatThrownBy(() -> each.get(10, SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("messages.redis.post-timeout")
                        .hasMessageContaining("was not sent");
            }
            redis.start();
            a.listen("orders");
            await().until(a.transport::isReachable); // its other connection may take longer than a post may wait
            a.post("orders", "3").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=3");
        }
    }

    @Test
    void anImpatientPostFailsAtOnceWhileRedisIsAwayAndIsNotSentLater() throws Exception {
        try (Node a = Node.started("a", redis)) {
            assertThatThrownBy(() -> a.post("orders", "1", false).getNow(null)).hasMessageContaining("not reachable");
            redis.start();
            a.listen("orders");
            await().until(a.transport::isReachable);
            a.post("orders", "2", false).get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=2");
        }
    }

    @Test
    void aFrozenRedisBlocksNoPosterAndIsFound() throws Exception {
        redis.start();
        try (Node a = Node.quick("a", redis, "messages.redis.post-timeout", "30s")) {
            a.listen("orders");
            await().until(a.transport::isReachable);
            redis.freeze();
            CompletableFuture<Void> inDoubt = a.post("orders", "0");
            CompletableFuture<Void> impatient = a.post("orders", "0", false);
            Thread poster =
                    new Thread(() -> IntStream.range(0, 20_000).forEach(i -> a.send("orders", "x".repeat(3_000))));
            poster.start();
            poster.join(10_000);
            assertThat(poster.isAlive())
                    .as("the poster waits for a frozen Redis")
                    .isFalse();
            assertThatThrownBy(() -> inDoubt.get(10, SECONDS)).hasMessageContaining("in doubt");
            assertThatThrownBy(() -> impatient.get(10, SECONDS)).hasMessageContaining("not reachable");
            await().until(() -> !a.transport.isReachable());
            redis.thaw();
            await().until(a.transport::isReachable);
            a.listen("orders");
            a.post("orders", "\"end\"").get(10, SECONDS);
        }
    }

    @Test
    void aHalfOpenLinkOfASilentServerIsFound() throws Exception {
        redis.start();
        try (Node a = Node.quick("a", redis)) {
            a.listen("orders");
            redis.freeze();
            await().until(() -> !a.transport.isReachable());
            redis.thaw();
            await().until(a.transport::isReachable);
        }
    }

    private static List<CompletableFuture<Void>> subscribeMany(Node node) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> node.transport.subscribe("channel-" + i).toCompletableFuture())
                .toList();
    }
}
