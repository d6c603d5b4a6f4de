package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.internal.redis.nodes.Slots;
import io.github.cdimessages.spi.NotReachableException;
import io.github.cdimessages.testing.ClusterFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages when nodes of a real Redis Cluster end. */
class ClusterOutageTest {
    private static final int BUSY = Slots.slotOf(Slots.partitionOf("busy", 8));

    // Mutable state: owned by the test's thread
    private ClusterFixture cluster;

    @BeforeEach
    void startCluster() {
        cluster = ClusterFixture.started();
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void aMasterThatIsKilledIsReplacedByItsReplica() throws Exception {
        RedisServerFixture master = cluster.masterOf(BUSY);
        RedisServerFixture replica = cluster.replicaOf(master);
        try (Node a = node("a");
                Node b = node("b");
                Posters posters = new Posters(a, 2, 10_000)) {
            a.listen("busy");
            b.listen("busy");
            RedisClusterTest.awaitAll(b);
            posters.start();
            await().until(() -> posters.accepted().size() > 200);
            master.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> ClusterFixture.serves(replica, BUSY));
            Set<String> missing = posters.assertOrderOf(b);
            assertThat(missing.isEmpty() || !b.gaps.isEmpty())
                    .as("%s is missing, and only these gaps are announced: %s", missing, b.gaps)
                    .isTrue();
            await().atMost(Duration.ofSeconds(30)) // once its other partitions are back, too
                    .untilAsserted(() -> assertThat(b.told).containsSubsequence("lost", "restored"));
        }
    }

    /** A fail-over by hand: the master is well, and its connections stay open. */
    @Test
    void aMasterThatBecomesAReplicaLosesNothing() throws Exception {
        RedisServerFixture replica = cluster.replicaOf(cluster.masterOf(BUSY));
        try (Node a = node("a");
                Node b = node("b");
                Posters posters = new Posters(a, 4, 10_000)) {
            a.listen("busy");
            b.listen("busy");
            posters.start();
            await().until(() -> posters.accepted().size() > 200);
            cluster.failOver(replica, BUSY);
            posters.assertAllHeard(b);
            assertThat(a.gaps).isEmpty();
            assertThat(b.gaps).isEmpty();
            assertThat(replica.connections()).anyMatch(line -> line.contains("cdi-messages-subscriber"));
        }
    }

    @Test
    void aMasterWithoutReplicaTakesOnlyItsOwnChannelsAlong() throws Exception {
        try (Node a = node("a")) {
            String away = channelOf(cluster.nodes().get(0));
            String here = channelOf(cluster.nodes().get(1));
            a.listen(away);
            a.listen(here);
            RedisClusterTest.awaitAll(a);
            cluster.nodes().get(0).kill();
            await().until(() -> a.told.contains("lost"));

            a.post(here, "1", false).get(10, SECONDS);
            assertThat(a.next()).isEqualTo(here + "=1");
            assertThat(a.transport.isReachable()).isTrue();
            assertThat(a.transport.isReachable(here)).isTrue();
            assertThat(a.transport.isReachable(away)).isFalse();
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> a.post(away, "2", false).get(10, SECONDS))
                    .hasCauseInstanceOf(NotReachableException.class));
            assertThat(a.told)
                    .as("three partitions are away, which is one outage")
                    .containsExactly("lost");

            assertThat(a.cutOffs).anyMatch(channels -> channels.test(away)).noneMatch(channels -> channels.test(here));
            cluster.nodes().get(1).kill();
            await().untilAsserted(() -> assertThat(a.cutOffs).anyMatch(channels -> channels.test(here)));
            assertThat(a.transport.isReachable(here)).isFalse();
            assertThat(a.told).as("the application is told of the first only").containsExactly("lost");
        }
    }

    /** A channel that a master serves. */
    private String channelOf(RedisServerFixture master) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "orders-" + i)
                .filter(name -> cluster.masterOf(Slots.slotOf(Slots.partitionOf(name, 8))) == master)
                .findFirst()
                .orElseThrow();
    }

    private Node node(String name) {
        return RedisClusterTest.node(cluster, name, "messages.redis.post-timeout", "30s");
    }
}
