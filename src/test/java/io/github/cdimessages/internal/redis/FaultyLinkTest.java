package io.github.cdimessages.internal.redis;

import static io.github.cdimessages.testing.FaultyProxy.Direction.FROM_REDIS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.FaultyProxy;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server whose connections neither work nor break. */
class FaultyLinkTest {
    private final RedisServerFixture redis = RedisServerFixture.started();
    private final FaultyProxy proxy = FaultyProxy.of(redis);

    @AfterEach
    void end() {
        proxy.close();
        redis.close();
    }

    @Test
    void aWriteThatHangsIsEndedAndTheNextLinkServes() throws Exception {
        try (LogFixture log = LogFixture.of(Outages.class);
                Node a = patient(13 << 20)) { // or, on a busy machine, another fault may be found first
            await().until(a.transport::isReachable);
            proxy.limit(200_000);
            a.send("orders", "\"" + "x".repeat(12 << 20) + "\""); // more than all buffers on the way
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("a write took longer than")));
            proxy.heal();
            await().until(a.transport::isReachable);
            a.listen("orders");
            a.post("orders", "1").get(30, SECONDS);
        }
    }

    @Test
    void aLargeMessageOnASlowLinkHasTheTimeThatItTakes() throws Exception {
        try (Node a = patient(13 << 20)) {
            await().until(a.transport::isReachable);
            proxy.limit(5_000_000);
            a.post("orders", "\"" + "x".repeat(12 << 20) + "\"").get(60, SECONDS);
            assertThat(a.told).doesNotContain("lost");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHalfOpenLinkIsReplacedAndWhatWasPostedMeanwhileArrives(FaultyProxy.Direction lost) throws Exception {
        try (Node a = node("a");
                Node b = Node.started("b", redis)) {
            a.listen("orders");
            proxy.lose(lost);
            b.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
            await().until(() -> a.told.contains("restored"));
            Posters.postSurely(a, "orders", "2"); // the other connection may be half-open still
            assertThat(a.next()).isEqualTo("orders=2");
            assertThat(a.gaps).isEmpty();
        }
    }

    @Test
    void aReplyThatIsCutInTheMiddleBreaksTheLinkAndLosesNothing() throws Exception {
        try (Node a = node("a");
                Node b = Node.started("b", redis)) {
            a.listen("orders");
            for (int bytes = 1; bytes < 40; bytes += 3) {
                await().until(a.transport::isReachable);
                proxy.cutAfter(FROM_REDIS, bytes);
                b.post("orders", String.valueOf(bytes)).get(10, SECONDS);
                assertThat(a.next()).isEqualTo("orders=" + bytes);
            }
            assertThat(a.received).isEmpty();
            assertThat(a.gaps).isEmpty();
        }
    }

    private Node node(String name) {
        return Node.quick(name, redis, "messages.redis.uri", proxy.uri());
    }

    private Node patient(int maxMessageSize) {
        return Node.started(
                "a",
                redis,
                "messages.redis.uri",
                proxy.uri(),
                "messages.redis.max-message-size",
                String.valueOf(maxMessageSize));
    }
}
