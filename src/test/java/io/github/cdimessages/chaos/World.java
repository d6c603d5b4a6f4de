package io.github.cdimessages.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.testing.FaultyProxy;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** A Redis and three nodes, each behind a proxy of its own. */
final class World implements AutoCloseable {
    final RedisServerFixture redis;
    final List<FaultyProxy> proxies = new ArrayList<>();
    final List<ChaosNode> nodes = new ArrayList<>();
    final RandomGenerator random;
    final boolean isLong;

    World(boolean keepsData, RandomGenerator random, boolean isLong) throws Exception {
        this.random = random;
        this.isLong = isLong;
        redis = keepsData
                ? RedisServerFixture.started("--appendonly", "yes", "--appendfsync", "always")
                : RedisServerFixture.started();
        try {
            for (int i = 0; i < 3; i++) {
                FaultyProxy proxy = FaultyProxy.of(redis);
                proxies.add(proxy);
                nodes.add(new ChaosNode(
                        i, Map.of("messages.redis.uri", proxy.uri(), "messages.redis.command-timeout", "1s")));
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** One of the proxies. */
    FaultyProxy some() {
        return proxies.get(random.nextInt(proxies.size()));
    }

    /** Lets a fault last; it is the fault that takes its time here, nothing is waited for. */
    void last(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** CLIENT KILL of the connections of the library that are of a kind. */
    void kill(String kind) {
        redis.connections().stream().filter(line -> line.contains(kind)).forEach(redis::killConnection);
    }

    /** Says what nobody heeds on the channel that all nodes hear, until one that does not read has too much of it. */
    void floodUntilRedisDropsSomebody() {
        List<String> before = ids();
        byte[] channel = "cdi-messages:sentinel".getBytes(UTF_8);
        while (ids().containsAll(before)) {
            redis.raw(jedis -> jedis.publish(channel, new byte[128 << 10]));
        }
    }

    private List<String> ids() {
        return redis.connections().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Override
    public void close() {
        proxies.forEach(FaultyProxy::heal);
        nodes.forEach(ChaosNode::close);
        proxies.forEach(FaultyProxy::close);
        redis.close();
    }
}
