package io.github.cdimessages.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.ClusterFixture;
import io.github.cdimessages.testing.FaultyProxy;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.SentinelsFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A Redis and three nodes, each behind a proxy of its own; or three nodes with Sentinels or a Redis Cluster. */
final class World implements AutoCloseable {
    final RedisServerFixture redis;
    final SentinelsFixture sentinels;
    final ClusterFixture cluster;
    final List<FaultyProxy> proxies = new ArrayList<>();
    final List<ChaosNode> nodes = new ArrayList<>();
    final RandomGenerator random;
    final boolean isLong;

    /** What becomes of what Redis has stored. */
    enum Kind {
        KEEPS_DATA,
        FORGETS,
        SENTINELS,
        CLUSTER
    }

    World(Kind kind, RandomGenerator random, boolean isLong) throws Exception {
        this.random = random;
        this.isLong = isLong;
        cluster = kind == Kind.CLUSTER ? ClusterFixture.started() : null;
        sentinels = kind == Kind.SENTINELS ? SentinelsFixture.started() : null;
        redis = switch (kind) {
            case KEEPS_DATA -> RedisServerFixture.started("--appendonly", "yes", "--appendfsync", "always");
            case FORGETS -> RedisServerFixture.started();
            case SENTINELS, CLUSTER -> null;
        };
        try {
            for (int i = 0; i < 3; i++) {
                Map<String, String> properties = new HashMap<>(
                        switch (kind) {
                            case KEEPS_DATA, FORGETS -> throughProxy();
                            case SENTINELS -> sentinels.properties();
                            case CLUSTER -> cluster.properties();
                        });
                properties.put("messages.redis.command-timeout", "1s");
                nodes.add(new ChaosNode(i, properties));
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private Map<String, String> throughProxy() {
        FaultyProxy proxy = FaultyProxy.of(redis);
        proxies.add(proxy);
        return Map.of("messages.redis.uri", proxy.uri());
    }

    /** Does something to the master that makes the Sentinels choose another; gives the one that was. */
    RedisServerFixture failOver(Consumer<RedisServerFixture> cause) {
        sentinels.awaitWhole();
        RedisServerFixture old = sentinels.master();
        cause.accept(old);
        await("another master").atMost(Duration.ofSeconds(60)).until(() -> sentinels.master() != old);
        return old;
    }

    /** Moves the slot of each channel on to the next master so many times; half moved, it rests for a moment. */
    void moveSlots(int times) {
        int[] slots =
                ChaosNode.CHANNELS.stream().mapToInt(cluster::slotOf).distinct().toArray();
        List<RedisServerFixture> masters = cluster.nodes();
        for (int i = 0; i < times; i++) {
            for (int slot : slots) {
                int from = masters.indexOf(cluster.masterOf(slot));
                RedisServerFixture to = masters.get((from + 1) % masters.size());
                cluster.move(slot, to, () -> last(Duration.ofMillis(random.nextInt(200))));
            }
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
        if (redis != null) {
            redis.close();
        }
        if (sentinels != null) {
            sentinels.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }
}
