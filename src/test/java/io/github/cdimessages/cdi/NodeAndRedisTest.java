package io.github.cdimessages.cdi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node with Redis, without it, and in between. */
class NodeAndRedisTest {
    public record Order(int number) {}

    /** What JSON-B can't write. */
    public static class Unwritable {
        public String getText() {
            throw new IllegalStateException("provoked");
        }
    }

    @Test
    void withoutRedisAGlobalPostNamesThePropertyAndAutoStaysHere() {
        try (Node alone = Node.with()) {
            Heard<Order> heard = new Heard<>();
            alone.applicationWide().addListener("orders", Order.class, heard);

            assertThatIllegalStateException()
                    .isThrownBy(() -> alone.messages().postMessage("orders", new Order(1), Reach.GLOBAL))
                    .withMessageContaining("messages.redis.uri");
            PostResult result = alone.messages()
                    .postMessage("orders", new Order(2), Reach.AUTO)
                    .toCompletableFuture()
                    .join();

            heard.await(1);
            assertThat(result.reached()).isEqualTo(Reach.LOCAL);
            assertThat(heard.all()).containsExactly(new Order(2));
        }
    }

    @Test
    void aMessageThatJsonbCanNotWriteFailsAtThePostAndIsNamed() {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a")) {
            assertThatExceptionOfType(MessagesException.class)
                    .isThrownBy(() -> a.messages().postMessage("orders", new Unwritable(), Reach.GLOBAL))
                    .withMessageContaining(Unwritable.class.getName());
        }
    }

    @Test
    void aNodeThatStartsWithoutRedisServesLocalMessagesAndBecomesGlobal() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.notStarted();
                Node a = Node.withRedis(redis, "node-a");
                Node b = Node.withRedis(redis, "node-b")) {
            Heard<Order> onA = new Heard<>();
            Heard<Order> onB = new Heard<>();
            Subscription here = a.applicationWide().addListener("orders", Order.class, onA);
            Subscription there = b.applicationWide().addListener("orders", Order.class, onB);

            a.messages().postMessage("orders", new Order(1));
            a.post("orders", new Order(2), Reach.AUTO);
            onA.await(2);
            CompletableFuture<Void> patient = here.ready().toCompletableFuture();
            assertThat(here.ready().toCompletableFuture().cancel(true)).isTrue();
            assertThat(patient).as("the wait of another").isNotDone();

            redis.start();
            Node.ready(here);
            Node.ready(there);
            a.post("orders", new Order(3), Reach.GLOBAL);
            onB.await(1);
            onA.await(3);
            assertThat(onA.all()).containsExactly(new Order(1), new Order(2), new Order(3));
            assertThat(onB.all()).containsExactly(new Order(3));
        }
    }

    /** The one worker is in the listener: what completes the post must not need it. */
    @Test
    void aListenerMayWaitForWhatItPosts() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.configured(Map.of("messages.redis.uri", redis.uri(), "messages.workers", "1"))) {
            Heard<PostResult> heard = new Heard<>();
            a.applicationWide()
                    .addListener(
                            "orders",
                            Order.class,
                            order -> heard.onMessage(a.messages()
                                    .postMessage("answers", new Order(order.number()), Reach.GLOBAL)
                                    .toCompletableFuture()
                                    .get(120, SECONDS)));
            a.messages().postMessage("orders", new Order(1));
            heard.await(1);
            assertThat(heard.all()).extracting(PostResult::reached).containsExactly(Reach.GLOBAL);
        }
    }

    @Test
    void aStoppedNodeLeavesNoConnectionAndNoThread() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            try (Node a = Node.withRedis(redis, "node-a")) {
                Heard<Order> heard = new Heard<>();
                Node.ready(a.applicationWide().addListener("orders", Order.class, heard));
                assertThat(redis.connections()).isNotEmpty();
            }
            await().until(() -> redis.connections().isEmpty());
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("messages-")));
        }
    }

    @Test
    void aWrongAddressOfRedisStopsTheDeploymentAndShowsNoPassword() {
        assertThatThrownBy(() -> Node.configured(Map.of("messages.redis.uri", "http://user:secret@localhost")))
                .hasStackTraceContaining("messages.redis.uri")
                .satisfies(problem -> assertThat(problem.toString()).doesNotContain("secret"));
    }
}
