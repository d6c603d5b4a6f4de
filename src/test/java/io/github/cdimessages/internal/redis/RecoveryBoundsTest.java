package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept for a server that is cut off, and what it is told where that is not enough. */
class RecoveryBoundsTest {
    // Mutable state: owned by the test's thread
    private RedisServerFixture redis;

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void whatIsMoreThanTheLogKeepsIsAGap() throws Exception {
        redis = RedisServerFixture.started();
        try (CutOff b = CutOff.listening(redis, "busy", "quiet");
                Node a = Node.started("a", redis, "messages.redis.recovery.count", "10")) {
            b.cut();
            for (int i = 1; i <= 30; i++) {
                a.post("busy", String.valueOf(i)).get(10, SECONDS);
            }
            b.mend();
            for (int i = 21; i <= 30; i++) {
                assertThat(b.node.next()).isEqualTo("busy=" + i);
            }
            assertThat(b.node.gaps)
                    .extracting(ChannelGap::channel, ChannelGap::origin)
                    .containsExactlyInAnyOrder(tuple("busy", "a"), tuple("quiet", "a"));
            assertThat(b.node.gaps).allSatisfy(gap -> assertThat(gap.cause()).contains("than the log in Redis keeps"));
        }
    }

    @Test
    void withoutRecoveryEveryChannelThatWasHeardHasAGap() throws Exception {
        redis = RedisServerFixture.started();
        try (Node b = Node.started("b", redis, "messages.redis.recovery", "off")) {
            b.listen("one");
            b.listen("two");
            CutOff.killSubscribers(redis);
            await().until(() -> b.gaps.size() == 2);
            assertThat(b.gaps)
                    .allSatisfy(gap -> assertThat(gap.cause()).contains("messages.redis.recovery"))
                    .extracting(ChannelGap::channel)
                    .containsExactlyInAnyOrder("one", "two");
            b.post("one", "1").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("one=1");
            assertThat(redis.<Set<String>>raw(jedis -> jedis.keys("cdi-messages:*")))
                    .isEmpty();
        }
    }

    @Test
    void aServerThatKeepsNoLogIsAGap() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a = Node.started("a", redis, "messages.redis.recovery", "off");
                CutOff b = CutOff.listening(redis, "busy")) {
            a.post("busy", "1").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("busy=1");
            b.cut();
            a.post("busy", "2").get(10, SECONDS);
            b.mend();
            await().until(() -> !b.node.gaps.isEmpty());
            assertThat(b.node.gaps).singleElement().satisfies(gap -> {
                assertThat(gap.origin()).isEqualTo("a");
                assertThat(gap.cause()).contains("keeps no log");
            });
            a.post("busy", "3").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("busy=3");
        }
    }

    @Test
    void aLogThatRedisHasEvictedIsAGap() throws Exception {
        redis = RedisServerFixture.started();
        try (CutOff b = CutOff.listening(redis, "busy");
                Node a = Node.started("a", redis)) {
            b.cut();
            for (int i = 1; i <= 100; i++) {
                a.post("busy", String.valueOf(i)).get(10, SECONDS);
            }
            await().until(() -> named("a").endsWith(" 100"));
            redis.raw(jedis -> jedis.del("cdi-messages:log:a")); // as an eviction does
            b.mend();
            await().until(() -> !b.node.gaps.isEmpty());
            assertThat(b.node.gaps).singleElement().satisfies(gap -> {
                assertThat(gap.origin()).isEqualTo("a");
                assertThat(gap.cause()).contains("no longer, in its log");
            });
            b.cut();
            b.mend();
            try (Node withoutLog = Node.started("c", redis, "messages.redis.recovery", "off")) {
                Posters.postUntilHeard(withoutLog, b.node, "live"); // a log with 101 alone would be a gap of its own
            }
            a.post("busy", "101").get(10, SECONDS);
            await().until(() -> b.node.hasHeard("101"));
            assertThat(b.node.gaps)
                    .filteredOn(gap -> gap.origin().equals("a"))
                    .as("told once")
                    .hasSize(1);
        }
    }

    @Test
    void whatRedisRefusesToLogIsAGap() throws Exception {
        redis = RedisServerFixture.started();
        redis.raw(jedis -> jedis.aclSetUser("a", "on", "nopass", "allcommands", "-xadd", "allkeys", "allchannels"));
        try (CutOff b = CutOff.listening(redis, "busy");
                Node a = Node.started(
                        "a", redis, "messages.redis.uri", redis.uri().replace("//", "//a:any@"))) {
            a.post("busy", "1").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("busy=1");
            b.cut();
            a.post("busy", "2").get(10, SECONDS);
            await().until(() -> named("a").endsWith(" 2"));
            b.mend();
            await().until(() -> !b.node.gaps.isEmpty());
            assertThat(b.node.gaps)
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.cause()).contains("is not, or no longer, in its log"));
        }
    }

    private String named(String server) {
        return String.valueOf(redis.<Object>raw(jedis -> jedis.hget("cdi-messages:servers", server)));
    }

    @Test
    void aLogHasItsBoundsAndGoesWithItsServer() throws Exception {
        redis = RedisServerFixture.started();
        try (Node a =
                Node.started("a", redis, "messages.redis.recovery.count", "10", "messages.redis.recovery.time", "5s")) {
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                sent.add(a.post("busy", String.valueOf(i)));
                if (i % 10 == 0) {
                    sent.get(i).get(10, SECONDS);
                }
            }
            sent.get(999).get(10, SECONDS);
            assertThat(redis.<Long>raw(jedis -> jedis.xlen("cdi-messages:log:a")))
                    .isBetween(1L, 10L);
            assertThat(redis.<Long>raw(jedis -> jedis.pttl("cdi-messages:log:a")))
                    .isBetween(1L, Duration.ofSeconds(70).toMillis());
            assertThat(redis.<Long>raw(jedis -> jedis.pttl("cdi-messages:servers")))
                    .isPositive();
        }
    }
}
