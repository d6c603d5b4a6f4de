package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.internal.redis.nodes.Slots;
import io.github.cdimessages.testing.ClusterFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages over a real Redis Cluster. */
class RedisClusterTest {
    private static final int BUSY = Slots.slotOf(Slots.partitionOf("busy", 8));
    private static ClusterFixture cluster;

    @BeforeAll
    static void startCluster() {
        cluster = ClusterFixture.started();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void whatOneServerPostsEveryServerHearsOnceOverAllMasters() throws Exception {
        try (Node a = node("a");
                Node b = node("b");
                Node c = node("c")) {
            Set<Integer> partitions = new HashSet<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String channel = "orders-" + i;
                partitions.add(Slots.partitionOf(channel, 8));
                expected.add(channel + "=" + i);
                for (Node each : List.of(a, b, c)) {
                    each.listen(channel);
                }
            }
            assertThat(partitions).hasSize(8);
            for (int i = 0; i < 40; i++) {
                List.of(a, b, c)
                        .get(i % 3)
                        .post("orders-" + i, String.valueOf(i))
                        .get(10, SECONDS);
            }
            for (Node each : List.of(a, b, c)) {
                List<String> heard = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    heard.add(each.next());
                }
                assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(each.received).isEmpty();
                assertThat(each.threads).as("threads of a server").hasSize(2 + 2 * 8);
            }
            assertThat(cluster.nodes())
                    .allSatisfy(each -> assertThat(each.connections()).hasSizeBetween(3 * 2 * 2, 3 * 2 * 3));
        }
        await().until(() ->
                cluster.nodes().stream().allMatch(each -> each.connections().isEmpty()));
    }

    @Test
    void revocationsAreKeptBesideTheirChannel() throws Exception {
        int slot = Slots.slotOf(Slots.partitionOf("_revocations", 8));
        String ledger = "cdi-messages:{" + Slots.tagOf(slot) + "}:revocations";
        Instant before = Instant.now();
        try (io.github.cdimessages.testing.Node a =
                        io.github.cdimessages.testing.Node.configured(cluster.properties());
                io.github.cdimessages.testing.Node b =
                        io.github.cdimessages.testing.Node.configured(cluster.properties())) {
            Socket alices = Socket.open(b, "alice");
            a.messages()
                    .revokeAuthentication("alice", Revocation.user())
                    .toCompletableFuture()
                    .get(60, SECONDS);
            assertThat(alices.closed().getReasonPhrase()).contains("revoked");
            assertThat(cluster.masterOf(slot).<Long>raw(jedis -> jedis.xlen(ledger)))
                    .isEqualTo(1);
        }
        try (io.github.cdimessages.testing.Node later =
                io.github.cdimessages.testing.Node.configured(cluster.properties())) {
            Socket old = Socket.of(null);
            try {
                old.identify(later, Identity.of("alice").authenticatedAt(before));
            } catch (AuthenticationRevokedException e) {
                assertThat(e).hasMessageContaining("'alice' was revoked"); // the ledger has been read already
            }
            assertThat(old.closed().getReasonPhrase()).contains("revoked");
        }
    }

    @Test
    void aSlotThatMovesWhileServersPostLosesNothing() throws Exception {
        try (Node a = node("a");
                Node b = node("b");
                Posters posters = new Posters(a, 4, 10_000)) {
            a.listen("busy");
            b.listen("busy");
            posters.start();
            for (int i = 0; i < 3; i++) { // and is where it was
                int soFar = posters.accepted().size();
                await().until(() -> posters.accepted().size() > soFar + 200 || !posters.areBusy());
                RedisServerFixture from = cluster.masterOf(BUSY);
                cluster.move(BUSY, cluster.nodes().get((cluster.nodes().indexOf(from) + 1) % 3));
            }
            posters.assertAllHeard(b);
            assertThat(a.gaps).isEmpty();
            assertThat(b.gaps).isEmpty();
            assertThat(b.told).contains("lost", "restored");
        }
    }

    /** The old node publishes and refuses the log, the new one refuses all. */
    @Test
    void postsWaitForASlotThatIsHalfMoved() throws Exception {
        RedisServerFixture home = cluster.masterOf(BUSY);
        RedisServerFixture other = cluster.nodes().get((cluster.nodes().indexOf(home) + 1) % 3);
        try (Node a = node("a");
                Node b = node("b")) {
            a.listen("busy");
            b.listen("busy");
            awaitAll(a);
            a.post("busy", "0").get(10, SECONDS);
            List<CompletableFuture<Void>> posts = new ArrayList<>();
            cluster.move(BUSY, other, () -> {
                posts.add(a.post("busy", "1")); // in doubt, unless a beacon was refused before it
                await().until(() -> a.told.contains("lost"));
                posts.add(a.post("busy", "2"));
                assertThat(posts).allMatch(each -> !each.isDone() || each.isCompletedExceptionally());
            });
            posts.get(1).get(10, SECONDS);
            a.post("busy", "3").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("busy=0");
            String next = b.next();
            if (posts.get(0).isCompletedExceptionally()) {
                assertThatThrownBy(() -> posts.get(0).get(10, SECONDS)).hasCauseInstanceOf(PostInDoubtException.class);
            } else {
                assertThat(next).isEqualTo("busy=1");
            }
            assertThat(next.equals("busy=1") ? b.next() : next).isEqualTo("busy=2");
            assertThat(b.next()).isEqualTo("busy=3");
            assertThat(b.gaps).isEmpty();
        } finally {
            cluster.move(BUSY, home);
        }
    }

    /** Waits until a server has connected to all partitions: only then is the loss of one told. */
    static void awaitAll(Node node) {
        await().until(() -> IntStream.range(0, 40).allMatch(i -> node.transport.isReachable("orders-" + i)));
    }

    static Node node(String name, String... more) {
        return node(cluster, name, more);
    }

    static Node node(ClusterFixture cluster, String name, String... more) {
        List<String> properties = new ArrayList<>();
        cluster.properties().forEach((key, value) -> properties.addAll(List.of(key, value)));
        properties.addAll(List.of(more));
        return Node.quick(name, cluster.nodes().get(0), properties.toArray(String[]::new));
    }
}
