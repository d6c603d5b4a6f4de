package io.github.cdimessages.benchmarks.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;

/**
 * One thread that posts and waits, beside what others take for the same: each has the machine for a moment, in turns
 * and many times, so that what else the machine does falls on all.
 */
final class Turns {
    private static final int ROUNDS = 50;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(150);

    private Turns() {}

    static void measure(String uri) throws Exception {
        byte[] message = Load.envelope();
        RedisClient lettuce = RedisClient.create(RedisURI.create(uri));
        try (Jedis jedis = new Jedis(uri);
                JedisPool pool = new JedisPool(uri);
                StatefulRedisConnection<byte[], byte[]> shared = lettuce.connect(ByteArrayCodec.INSTANCE);
                Peer off = new Peer("turns-off", RedisBenchmark.properties(uri, "off"));
                Peer on = new Peer("turns-on", RedisBenchmark.properties(uri, "on"))) {
            RedisCommands<byte[], byte[]> sync = shared.sync();
            Map<String, Step> steps = new LinkedHashMap<>();
            steps.put("Jedis, a connection for one thread alone", () -> jedis.publish(Load.CHANNEL, message));
            steps.put("Jedis, from a pool", () -> {
                try (Jedis pooled = pool.getResource()) {
                    pooled.publish(Load.CHANNEL, message);
                }
            });
            steps.put("Lettuce, a connection for all", () -> sync.publish(Load.CHANNEL, message));
            steps.put("CDI Messages, recovery off", () -> wait(off));
            steps.put("CDI Messages, recovery on", () -> wait(on));
            print(steps);
        } finally {
            lettuce.shutdown();
        }
    }

    private static void wait(Peer peer) throws Exception {
        peer.post("bench").toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void print(Map<String, Step> steps) throws Exception {
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        for (int round = -ROUNDS / 5; round < ROUNDS; round++) { // the first ones warm up
            double first = 0;
            for (Map.Entry<String, Step> each : steps.entrySet()) {
                double rate = rate(each.getValue());
                first = first == 0 ? rate : first;
                if (round >= 0) {
                    ratios.computeIfAbsent(each.getKey(), key -> new ArrayList<>())
                            .add(rate / first);
                }
            }
        }
        System.out.printf(
                "%n%-52s %10s %10s %10s%n", "one thread that waits for each, x the first", "10 %", "median", "90 %");
        ratios.forEach((name, all) -> {
            Collections.sort(all);
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %10.2f %10.2f %10.2f%n",
                    name,
                    all.get(ROUNDS / 10),
                    all.get(ROUNDS / 2),
                    all.get(ROUNDS - ROUNDS / 10));
        });
    }

    private static double rate(Step step) throws Exception {
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < SLICE) {
            step.run();
            done++;
        }
        return done * 1e9 / (System.nanoTime() - start);
    }

    private interface Step {
        void run() throws Exception;
    }
}
