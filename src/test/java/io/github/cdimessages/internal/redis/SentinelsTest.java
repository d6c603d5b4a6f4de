package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.SentinelsFixture;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SentinelsTest {
    private static SentinelsFixture all;

    @BeforeAll
    static void begin() {
        all = SentinelsFixture.started();
    }

    @AfterAll
    static void end() {
        all.close();
    }

    @Test
    void nothingIsLostInSilenceWhenTheMasterIsKilled() throws Exception {
        all.awaitWhole();
        RedisServerFixture old = all.master();
        postDuring(old::kill, old);
        old.start();
    }

    @Test
    void nothingIsLostInSilenceWhenAReplicaIsMadeTheMaster() throws Exception {
        all.awaitWhole();
        RedisServerFixture old = all.master();
        postDuring(all::failOver, old);
        assertThat(old.connections()).isEmpty();
    }

    /** They replace it, and can't tell it so; it would go on, and Redis closes no connection. */
    @Test
    void aMasterThatOnlyTheSentinelsCanNotReachIsLeft() throws Exception {
        all.awaitWhole();
        RedisServerFixture old = all.master();
        postDuring(() -> all.hideFromSentinels(old), old);
        assertThat(old.connections()).isEmpty();
        all.showToSentinels(old);
    }

    @Test
    void anUnknownMasterIsLoggedWithTheCure() {
        assertThat(problem("messages.redis.sentinel-master", "nobody"))
                .contains("no Sentinel says where the master 'nobody' is", "knows no master of this name")
                .contains("'messages.redis.sentinel-master'");
    }

    @Test
    void aWrongPasswordOfTheSentinelsIsLoggedWithTheCureAndWithoutThePassword() {
        assertThat(problem("messages.redis.sentinel-password", "wrongsecret"))
                .contains("WRONGPASS", "'messages.redis.sentinel-password'")
                .doesNotContain("wrongsecret");
    }

    @Test
    void sentinelsThatAreAllAwayAreLogged() {
        RedisServerFixture nobody = RedisServerFixture.notStarted();
        RedisServerFixture nobodyElse = RedisServerFixture.notStarted();
        assertThat(problem(
                        "messages.redis.uri",
                        "rediss://127.0.0.1:" + nobody.port() + ",127.0.0.1:" + nobodyElse.port()))
                .contains("127.0.0.1:" + nobody.port() + ": Connection refused")
                .contains("127.0.0.1:" + nobodyElse.port() + ": Connection refused");
    }

    @Test
    void theOtherSentinelsAreAskedWhenTheFirstIsFrozen() throws Exception {
        RedisServerFixture first = all.sentinels().get(0);
        first.freeze();
        try (Node a = node("a", Map.of())) {
            a.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
        } finally {
            first.thaw();
        }
    }

    /** Two servers: one posts and both listen while something happens to the master. */
    private static void postDuring(Runnable fault, RedisServerFixture old) throws Exception {
        try (Node a = node("a", Map.of());
                Node b = node("b", Map.of())) {
            a.listen("orders");
            b.listen("orders");
            Map<String, CompletableFuture<Void>> posts = new LinkedHashMap<>();
            post(a, posts, 100);
            posts.get("99").get(10, SECONDS);
            fault.run();
            while (!a.told.contains("restored")
                    || !b.told.contains("restored")
                    || !isReachable(a, b)
                    || all.master() == old) {
                post(a, posts, 1);
            }
            post(a, posts, 100);
            CompletableFuture.allOf(posts.values().toArray(CompletableFuture[]::new))
                    .handle((done, problem) -> problem)
                    .get(20, SECONDS);
            String last = String.valueOf(posts.size() - 1);
            for (Node each : List.of(a, b)) {
                await().until(() -> numbers(each).contains(last));
            }
            await().untilAsserted(() -> assertThat(all.master().connections()).hasSize(4));
            check(a, posts);
            check(b, posts);
        }
    }

    private static void check(Node node, Map<String, CompletableFuture<Void>> posts) {
        List<String> numbers = numbers(node);
        assertThat(numbers).as("each at most once").doesNotHaveDuplicates();
        assertThat(numbers.stream().map(Integer::valueOf).toList())
                .as("in order")
                .isSorted();
        List<String> lost = posts.entrySet().stream()
                .filter(post -> !post.getValue().isCompletedExceptionally() && !numbers.contains(post.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (node.gaps.isEmpty()) {
            assertThat(lost).as("lost without a gap").isEmpty();
        }
    }

    private static boolean isReachable(Node a, Node b) {
        return a.transport.isReachable() && b.transport.isReachable();
    }

    private static void post(Node from, Map<String, CompletableFuture<Void>> posts, int count) {
        for (int i = 0; i < count; i++) {
            String number = String.valueOf(posts.size());
            posts.put(number, from.post("orders", number));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)); // a pace, not a wait
        }
    }

    private static List<String> numbers(Node node) {
        return node.received.stream().map(Envelope::json).toList();
    }

    private static String problem(String property, String value) {
        try (LogFixture log = LogFixture.of(Outages.class);
                Node a = node("a", Map.of(property, value))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !log.lines().isEmpty());
            assertThat(a.transport.isReachable()).isFalse();
            return log.lines().get(0);
        }
    }

    private static Node node(String name, Map<String, String> changes) {
        Map<String, String> properties = new HashMap<>(all.properties());
        properties.putAll(changes);
        return Node.quick(
                name,
                all.nodes().get(0),
                properties.entrySet().stream()
                        .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                        .toArray(String[]::new));
    }
}
