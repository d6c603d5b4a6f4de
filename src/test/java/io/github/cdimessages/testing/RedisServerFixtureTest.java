package io.github.cdimessages.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisServerFixtureTest {

    @Test
    void itAnswersAgainAfterEachFault() {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            redis.restart();
            assertThat(redis.<String>raw(Jedis::ping)).isEqualTo("PONG");
            redis.kill();
            assertThatThrownBy(() -> redis.raw(Jedis::ping)).isInstanceOf(RuntimeException.class);
            redis.start();
            redis.freeze();
            redis.thaw();
            assertThat(redis.<String>raw(Jedis::ping)).isEqualTo("PONG");
        }
    }

    @Test
    void theInstalledOneKeepsItsDataInItsFolder() {
        try (RedisServerFixture redis = RedisServerFixture.redis7("--appendonly", "yes")) {
            redis.start();
            redis.raw(jedis -> jedis.set("key", "value"));
            redis.restart();
            assertThat(redis.<String>raw(jedis -> jedis.get("key"))).isEqualTo("value");
            assertThat(redis.<String>raw(jedis -> jedis.info("server"))).contains("redis_version:");
            assertThat(redis.folder()).isNotEmptyDirectory();
        }
    }
}
