package io.github.cdimessages.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

class ServerConfigFixtureTest {
    private final ServerConfigFixture files = new ServerConfigFixture(new Certificates("ip:127.0.0.1"));

    @ParameterizedTest
    @ValueSource(strings = {"stand-alone.conf", "replicated.conf", "cluster.conf"})
    void redisStartsWithTheFile(String name) {
        try (RedisServerFixture redis =
                RedisServerFixture.redis7(files.file(name)).accessedBy(files.access("admin"))) {
            redis.start();
            assertThat(redis.<Map<String, String>>raw(jedis -> jedis.configGet("appendonly")))
                    .containsEntry("appendonly", "yes");
            assertThat(redis.<List<String>>raw(Jedis::aclUsers)).contains("shop", "admin");
        }
    }

    @Test
    void aSentinelStartsWithTheFile() {
        String file = files.changed("sentinel.conf", List.of("redis-1.example.com", "127.0.0.1"));
        try (RedisServerFixture sentinel =
                RedisServerFixture.redis7(file, "--sentinel").accessedBy(files.access(null))) {
            sentinel.start();
            assertThat(sentinel.<String>raw(jedis -> jedis.info("server"))).contains("redis_mode:sentinel");
        }
    }
}
