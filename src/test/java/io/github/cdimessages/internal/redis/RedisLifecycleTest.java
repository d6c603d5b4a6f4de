package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.RedisServerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLifecycleTest {
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
    void stopSendsWhatWaitsAndLeavesNoThreadAndNoConnection() throws Exception {
        Node b = Node.started("b", redis);
        b.listen("orders");
        Node a = Node.started("a", redis);
        CompletableFuture<?>[] posts = new CompletableFuture<?>[1_000];
        for (int i = 0; i < posts.length; i++) {
            posts[i] = a.post("orders", String.valueOf(i));
        }
        a.close();
        CompletableFuture.allOf(posts).get(10, SECONDS);
        assertThat(a.threads).hasSize(4).noneMatch(Thread::isAlive);
        for (int i = 0; i < posts.length; i++) {
            assertThat(b.next()).isEqualTo("orders=" + i);
        }
        b.close();
        assertThat(b.threads).hasSize(4).noneMatch(Thread::isAlive);
        await().until(() -> redis.connections().isEmpty());
    }

    @Test
    void afterStopEverythingFailsAndNothingHangs() {
        Node a = Node.started("a", redis);
        a.close();
        a.close();
        assertThat(a.transport.isReachable()).isFalse();
        assertThatThrownBy(() -> a.post("orders", "1").get(10, SECONDS)).hasMessageContaining("stopped");
        assertThatThrownBy(() ->
                        a.transport.subscribe("orders").toCompletableFuture().get(10, SECONDS))
                .hasMessageContaining("given up");
        assertThatThrownBy(() -> a.transport.start(a)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopWithoutRedisIsBoundedAndAnswersEveryPost() throws Exception {
        RedisServerFixture away = RedisServerFixture.notStarted();
        Node a = Node.started("a", away);
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        stages.add(a.transport.subscribe("orders").toCompletableFuture());
        stages.add(a.post("orders", "1"));
        stages.add(a.post("others", "2"));
        a.close();
        assertThat(a.threads).noneMatch(Thread::isAlive);
        for (CompletableFuture<Void> stage : stages) {
            assertThatThrownBy(() -> stage.get(10, SECONDS)).isNotNull();
        }
    }

    @Test
    void stopWhileRedisIsFrozenIsBounded() {
        try (RedisServerFixture frozen = RedisServerFixture.started()) {
            Node a = Node.quick("a", frozen);
            await().until(a.transport::isReachable);
            frozen.freeze();
            CompletableFuture<Void> post = a.post("orders", "1");
            a.close();
            assertThat(a.threads).noneMatch(Thread::isAlive);
            assertThatThrownBy(() -> post.get(10, SECONDS)).hasMessageContaining("in doubt");
        }
    }

    @Test
    void theLifecycleStartsOnceOnTheThreadsOfWhoComesFirst() throws Exception {
        Node a = Node.notStarted("a", redis);
        List<Thread> managed = new ArrayList<>();
        RedisLifecycle lifecycle = RedisLifecycle.of(a.transport, a);
        lifecycle.start(work -> {
            Thread thread = new Thread(work);
            managed.add(thread);
            return thread;
        });
        lifecycle.start();
        a.listen("orders");
        assertThat(managed).hasSize(4);
        assertThat(a.threads).isEmpty();
        lifecycle.stop();
        lifecycle.stop();
        lifecycle.start();
        assertThat(managed).noneMatch(Thread::isAlive);
        a.close();
    }

    @Test
    void withoutRedisTheLifecycleDoesNothing() {
        RedisLifecycle lifecycle = RedisLifecycle.none();
        lifecycle.start();
        lifecycle.stop();
        RedisSubscriber withoutContainer = new RedisSubscriber();
        withoutContainer.start();
        withoutContainer.stop();
        assertThat(withoutContainer.lifecycle).isNull();
    }
}
