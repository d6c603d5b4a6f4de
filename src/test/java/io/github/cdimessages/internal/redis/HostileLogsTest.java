package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.XAddParams;

/** What somebody else may write where the logs are, in a real Redis: it hides no log of a server. */
class HostileLogsTest {
    private static final String HIGHEST = "18446744073709551615-18446744073709551615";

    @Test
    void whatIsNoLogIsAGapAndKeepsNobodyFromTheOthers() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                CutOff b = CutOff.listening(redis, "orders");
                Node a = Node.started("a", redis)) {
            b.cut();
            redis.raw(jedis -> jedis.hset(
                    "cdi-messages:servers", Map.of("text", "garbage", "high", "-", "none", "99999999999999999999")));
            redis.raw(jedis -> jedis.set("cdi-messages:log:text", "a text"));
            add(redis, "high", HIGHEST, "?");
            a.post("orders", "1").get(10, SECONDS);
            b.mend();
            assertThat(b.node.next()).isEqualTo("orders=1");
            assertThat(b.node.gaps).extracting(ChannelGap::origin).containsExactlyInAnyOrder("text", "high");
            a.post("orders", "2").get(10, SECONDS);
            assertThat(b.node.next()).isEqualTo("orders=2");
        }
    }

    @Test
    void aServerWhoseLogIsSpoiltIsHeardAllTheSame() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            add(redis, "a", HIGHEST, "?");
            redis.raw(jedis -> jedis.hset("cdi-messages:servers", "a", "0"));
            try (Node b = Node.started("b", redis);
                    Node a = Node.started("a", redis)) {
                b.listen("orders");
                a.post("orders", "1").get(10, SECONDS);
                assertThat(b.next()).isEqualTo("orders=1");
            }
        }
    }

    private static void add(RedisServerFixture redis, String origin, String id, String content) {
        redis.raw(jedis -> jedis.xadd(
                ("cdi-messages:log:" + origin).getBytes(UTF_8),
                XAddParams.xAddParams().id(id),
                Map.of("b".getBytes(UTF_8), content.getBytes(UTF_8))));
    }
}
