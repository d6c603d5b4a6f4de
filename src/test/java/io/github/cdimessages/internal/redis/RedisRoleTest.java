package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A Redis that takes no message that would last. */
class RedisRoleTest {

    @Test
    void aReplicaIsRefusedWithTheCure() {
        try (RedisServerFixture master = RedisServerFixture.started();
                RedisServerFixture replica =
                        RedisServerFixture.started("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.started("a", replica)) {
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0))
                    .contains("it is a read-only replica", "'messages.redis.uri'", "'messages.redis.sentinel-master'");
            assertThat(a.transport.isReachable()).isFalse();
        }
    }

    @Test
    void aMasterThatIsDemotedIsGivenUpUntilItIsTheMasterAgain() throws Exception {
        try (RedisServerFixture master = RedisServerFixture.started();
                RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.started("a", redis)) {
            a.listen("orders");
            redis.raw(jedis -> jedis.replicaof("127.0.0.1", master.port()));
            assertThatThrownBy(() -> a.post("orders", "1").get(10, SECONDS))
                    .hasCauseInstanceOf(PostInDoubtException.class);
            assertThat(a.transport.isReachable()).isFalse();
            redis.raw(Jedis::replicaofNoOne);
            a.post("orders", "2").get(10, SECONDS);
            await().until(() -> a.hasHeard("2"));
        }
    }

    @Test
    void aMasterThatLacksItsReplicasIsGivenUpUntilItHasThem() throws Exception {
        givenUpWhile("min-replicas-to-write", "1", "0", "it lacks replicas");
    }

    @Test
    void aRedisWithoutMemoryForTheLogsIsGivenUpUntilItHasSome() throws Exception {
        givenUpWhile("maxmemory", "1", "0", "give it memory or disk, or set property 'messages.redis.recovery' to off");
    }

    @Test
    void aRedisWithoutMemoryIsGoodEnoughWhereNothingIsToBeRecovered() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started("--maxmemory", "1");
                Node a = Node.started("a", redis, "messages.redis.recovery", "off")) {
            a.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
        }
    }

    private static void givenUpWhile(String setting, String wrong, String right, String cause) throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.started("a", redis)) {
            a.listen("orders");
            redis.raw(jedis -> jedis.configSet(setting, wrong));
            assertThatThrownBy(() -> a.post("orders", "1").get(10, SECONDS))
                    .hasCauseInstanceOf(PostInDoubtException.class);
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains(cause)));
            redis.raw(jedis -> jedis.configSet(setting, right));
            a.post("orders", "2").get(10, SECONDS);
            await().until(() -> a.hasHeard("2"));
        }
    }
}
