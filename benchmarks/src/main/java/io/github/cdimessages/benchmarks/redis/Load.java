package io.github.cdimessages.benchmarks.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** How many messages a second get through, in one way of posting; the better of three runs of two seconds each. */
final class Load {
    private static final int RUNS = 3;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PIPELINE = 100;
    static final byte[] CHANNEL = "bench".getBytes(StandardCharsets.UTF_8);

    private Load() {}

    /** What Jedis gives: one PUBLISH, its answer, the next. */
    static double roundTrips(int port) throws Exception {
        byte[] message = envelope();
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return best(1, done -> {
                jedis.publish(CHANNEL, message);
                done.increment();
            });
        }
    }

    /** What Jedis gives: a hundred of them, then their answers. */
    static double pipeline(int port) throws Exception {
        byte[] message = envelope();
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            Pipeline pipeline = jedis.pipelined();
            return best(1, done -> {
                for (int i = 0; i < PIPELINE; i++) {
                    pipeline.publish(CHANNEL, message);
                }
                pipeline.sync();
                done.add(PIPELINE);
            });
        }
    }

    /** Each poster waits for the answer to its message. */
    static double waiting(Peer peer, int posters) throws Exception {
        return best(posters, done -> {
            peer.post("bench").toCompletableFuture().get(10, TimeUnit.SECONDS);
            done.increment();
        });
    }

    /** Each poster has up to a thousand messages under way. */
    static double streaming(Peer peer, int posters) throws Exception {
        ThreadLocal<Semaphore> underWay = ThreadLocal.withInitial(() -> new Semaphore(1_000));
        return best(posters, done -> {
            Semaphore room = underWay.get();
            room.acquire();
            peer.post("bench").whenComplete((accepted, problem) -> {
                room.release();
                if (problem == null) {
                    done.increment();
                }
            });
        });
    }

    private interface Step {
        void run(LongAdder done) throws Exception;
    }

    private static double best(int posters, Step step) throws Exception {
        double best = 0;
        for (int run = 0; run < RUNS; run++) {
            LongAdder done = new LongAdder();
            long start = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < posters; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        while (System.nanoTime() - start < NANOS) {
                            step.run(done);
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            best = Math.max(best, done.sum() * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    /** As large as what the library sends. */
    static byte[] envelope() {
        return new byte[Peer.BODY.remaining() + 44];
    }
}
