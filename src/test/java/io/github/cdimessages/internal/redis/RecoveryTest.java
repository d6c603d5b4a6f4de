package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.testing.RedisServerFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that was cut off from a real Redis hears afterwards. */
class RecoveryTest {
    // Mutable state: owned by the test's thread
    private RedisServerFixture redis;

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void aSubscriberThatIsKilledAgainAndAgainMissesNothing() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a = Node.started("a", redis);
                Node b = Node.started("b", redis);
                Posters posters = new Posters(a, 4, 12_500)) {
            a.listen("busy");
            b.listen("busy");
            posters.start();
            while (posters.areBusy()) {
                CutOff.killSubscribers(redis);
            }
            for (Node each : List.of(a, b)) {
                posters.assertAllHeard(each);
                assertThat(each.gaps).isEmpty();
            }
            assertThat(posters.accepted()).hasSize(50_000);
            assertThat(b.told).contains("lost", "restored");
        }
    }

    @Test
    void whatIsPostedToAServerThatIsCutOffArrivesWithWhatComesAfterwards() throws Exception {
        redis = RedisServerFixture.started();
        try (CutOff b = CutOff.listening(redis, "busy");
                Node a = Node.started("a", redis)) {
            a.post("busy", "0").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("busy=0");
            b.cut();
            for (int i = 1; i <= 1_000; i++) {
                a.send("busy", String.valueOf(i));
                a.send("others", String.valueOf(i));
            }
            b.node.transport.subscribe("others");
            a.post("busy", "1001").get(10, SECONDS);
            b.mend();
            a.post("busy", "1002").get(10, SECONDS);
            for (int i = 1; i <= 1_002; i++) {
                assertThat(b.node.next()).isEqualTo("busy=" + i);
            }
            b.node.listen("others");
            a.post("others", "end").get(10, SECONDS);
            assertThat(b.node.next())
                    .as("what was not subscribed when it was cut off")
                    .isEqualTo("others=end");
            assertThat(b.node.gaps).isEmpty();
        }
    }

    @Test
    void aServerThatStartsWhileAnotherIsCutOffIsHeardToo() throws Exception {
        redis = RedisServerFixture.started();
        try (CutOff b = CutOff.listening(redis, "busy")) {
            b.cut();
            try (Node c = Node.started("c", redis)) {
                c.post("busy", "1").get(10, SECONDS);
            }
            b.mend();
            assertThat(b.node.next()).isEqualTo("busy=1");
            assertThat(b.node.gaps).isEmpty();
        }
    }

    @Test
    void whatWasPostedBeforeAServerStartedIsNotRecovered() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a = Node.started("a", redis)) {
            a.post("busy", "1").get(10, SECONDS);
            try (CutOff b = CutOff.listening(redis, "busy")) {
                b.cut();
                a.post("busy", "2").get(10, SECONDS);
                b.mend();
                assertThat(b.node.next()).isEqualTo("busy=2");
                assertThat(b.node.gaps).isEmpty();
            }
        }
    }

    @Test
    void aRedisThatIsFrozenForAMomentLosesNothing() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a = Node.started("a", redis);
                Node b = Node.started("b", redis);
                Posters posters = new Posters(a, 2, 2_000)) {
            b.listen("busy");
            redis.freeze();
            posters.start();
            redis.thaw();
            posters.assertAllHeard(b);
            assertThat(posters.accepted()).hasSize(4_000);
            assertThat(b.gaps).isEmpty();
            assertThat(b.told).isEmpty();
        }
    }

    @Test
    void afterACrashOfARedisThatStoresItsDataNothingThatWasAcceptedIsMissing(@TempDir Path folder) throws Exception {
        redis = RedisServerFixture.started(
                "--appendonly", "yes", "--appendfsync", "always", "--dir", folder.toString());
        try (Node a = Node.started("a", redis, "messages.redis.post-timeout", "60s");
                Node b = Node.started("b", redis);
                Posters posters = new Posters(a, 4, 5_000)) {
            b.listen("busy");
            posters.start();
            for (int i = 1; i <= 3; i++) {
                int count = i * 3_000;
                await().until(() -> posters.accepted().size() > count);
                redis.kill();
                redis.start();
            }
            posters.assertAllHeard(b);
            assertThat(posters.accepted()).hasSizeGreaterThan(9_000);
            assertThat(b.gaps).isEmpty();
        }
    }

    @Test
    void afterACrashOfARedisThatForgetsEveryLossIsAnnounced() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a = Node.started("a", redis, "messages.redis.post-timeout", "60s");
                Node b = Node.started("b", redis);
                Posters posters = new Posters(a, 4, 5_000)) {
            b.listen("busy");
            b.listen("quiet");
            posters.start();
            await().until(() -> posters.accepted().size() > 1_000);
            redis.kill();
            redis.start();
            await().until(() ->
                    b.gaps.stream().map(ChannelGap::channel).distinct().count() == 2);
            posters.assertOrderOf(b);
            a.post("busy", "end").get(10, SECONDS);
            Posters.awaitEnd(b);
            assertThat(b.gaps)
                    .allSatisfy(gap -> assertThat(gap.missed()).isEqualTo(-1))
                    .extracting(ChannelGap::cause)
                    .anySatisfy(cause -> assertThat(cause).contains("has lost its data"));
        }
    }

    @Test
    void aPostThatWasSentAndNotAnsweredIsInDoubt() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a = Node.quick("a", redis)) {
            a.post("busy", "1").get(10, SECONDS);
            redis.freeze();
            CompletableFuture<Void> sent = a.post("busy", "2");
            assertThatThrownBy(() -> sent.get(10, SECONDS)).hasCauseInstanceOf(PostInDoubtException.class);
            redis.thaw();
        }
    }
}
