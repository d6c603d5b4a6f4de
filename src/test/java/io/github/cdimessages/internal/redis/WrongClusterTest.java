package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.ClusterFixture;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A Redis that does not fit the settings is refused, and named with the cure. */
class WrongClusterTest {
    private static final String CLUSTER = "messages.redis.cluster";
    private static final String PARTITIONS = "messages.redis.cluster-partitions";

    @Test
    void aRedisBefore7IsRefusedByItsVersion() {
        try (RedisServerFixture redis = RedisServerFixture.started("--cluster-enabled", "yes")) {
            assertThat(refusal(() -> Node.started("a", redis, CLUSTER, "true")))
                    .contains("property '" + CLUSTER + "': 'true'", "version '6.2.", "from 7.0 on; update it");
        }
    }

    @Test
    void aRedisThatIsNoClusterIsRefusedAsOne() {
        try (RedisServerFixture redis = RedisServerFixture.redis7()) {
            redis.start();
            assertThat(refusal(() -> Node.started("a", redis, CLUSTER, "true")))
                    .contains("property '" + CLUSTER + "': 'true'", "mode is 'standalone'", "remove this one");
        }
    }

    @Test
    void aClusterIsRefusedWithoutTheProperty() {
        try (RedisServerFixture redis = RedisServerFixture.started("--cluster-enabled", "yes")) {
            assertThat(refusal(() -> Node.started("a", redis)))
                    .contains("property '" + CLUSTER + "': 'false'", redis.uri().substring(8), "set it to true");
        }
    }

    @Test
    void aServerWithAnotherNumberOfPartitionsIsRefusedUntilItAgrees() throws Exception {
        try (ClusterFixture cluster = ClusterFixture.started();
                Node a = RedisClusterTest.node(cluster, "a")) {
            a.listen("orders");
            for (String other : new String[] {"4", "16"}) {
                assertThat(refusal(() -> RedisClusterTest.node(cluster, "b", PARTITIONS, other)))
                        .contains("property '" + PARTITIONS + "': '" + other + "'", "have 8", "partitions'");
            }
            try (Node b = RedisClusterTest.node(cluster, "b", PARTITIONS, "8")) {
                b.post("orders", "1").get(10, SECONDS);
                assertThat(a.next()).isEqualTo("orders=1");
            }
        }
    }

    private static String refusal(Supplier<Node> start) {
        try (LogFixture log = LogFixture.of(Outages.class);
                Node node = start.get()) {
            await().until(() -> log.lines().stream().anyMatch(WrongClusterTest::namesAWrongValue));
            assertThat(node.transport.isReachable()).isFalse();
            assertThatThrownBy(() -> node.post("orders", "1", false).get(10, SECONDS))
                    .hasMessageContaining("not reachable");
            return log.lines().stream()
                    .filter(WrongClusterTest::namesAWrongValue)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Which a line about nodes that do not answer, as slow ones may not at first, does not. */
    private static boolean namesAWrongValue(String line) {
        return line.contains("property '" + CLUSTER + "': '") || line.contains("property '" + PARTITIONS + "': '");
    }
}
