package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.RedisServerFixture;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server says of its connection to a Redis that goes and comes. */
class ReachabilityTest {
    private final RedisServerFixture redis = RedisServerFixture.notStarted();

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void aSubscriptionIsNotReadyWhileRedisIsAway() throws Exception {
        redis.start();
        try (Node a = Node.started("a", redis)) {
            a.listen("orders");
            redis.stop();
            await().until(() -> isCutOff(a));
            CompletableFuture<Void> ready = a.transport.subscribe("orders").toCompletableFuture();
            redis.start();
            ready.get(10, SECONDS);
            a.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
        }
    }

    @Test
    void anOutageIsToldOnceHoweverManyConnectionsItBreaks() throws Exception {
        redis.start();
        try (Node a = Node.started("a", redis)) {
            a.listen("orders");
            await().until(a.transport::isReachable);
            for (int i = 0; i < 3; i++) {
                redis.stop();
                await().until(() -> isCutOff(a));
                redis.start();
                await().until(a.transport::isReachable);
            }
            assertThat(a.told).containsExactly("lost", "restored", "lost", "restored", "lost", "restored");
        }
    }

    /** Whether it also knows that it hears nothing any more: its other connection may have told it first. */
    private static boolean isCutOff(Node node) {
        return !node.transport.isReachable()
                && !node.transport.subscribe("orders").toCompletableFuture().isDone();
    }
}
