package io.github.cdimessages.benchmarks.redis;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.core.ExecutableProvider;

/** Posts through a Redis of its own on this machine, beside what Jedis alone does in the same run. */
public final class RedisBenchmark {
    /** Held, or its level would be forgotten: the links that are cut on purpose are no news. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.cdimessages");

    private RedisBenchmark() {}

    /** Takes nothing. */
    public static void main(String[] arguments) throws Exception {
        LIBRARY.setLevel(Level.OFF);
        File folder = Files.createTempDirectory("redis").toFile();
        int port = freePort();
        Process redis = new ProcessBuilder(
                        ExecutableProvider.newJarResourceProvider(folder).get().getPath(),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "")
                .directory(folder)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            measure(port);
        } finally {
            redis.destroy();
        }
    }

    static Map<String, String> properties(String uri, String recovery) {
        return Map.of("messages.redis.uri", uri, "messages.redis.recovery", recovery);
    }

    private static void measure(int port) throws Exception {
        awaitAnswer(port);
        String uri = "redis://127.0.0.1:" + port;
        Load.pipeline(port); // warms the machine up
        double roundTrips = Load.roundTrips(port);
        double pipeline = Load.pipeline(port);
        System.out.printf(
                "%n%-52s %10s %12s %10s%n", "messages of 100 bytes", "a second", "x round trip", "x pipeline");
        print("Jedis, PUBLISH and its answer", roundTrips, roundTrips, pipeline);
        print("Jedis, pipeline of 100", pipeline, roundTrips, pipeline);
        for (String recovery : new String[] {"off", "on"}) {
            try (Peer peer = new Peer("bench-" + recovery, properties(uri, recovery))) {
                Load.streaming(peer, 1);
                for (int posters : new int[] {1, 2, 4, 16}) {
                    String what = ", recovery " + recovery + ", posters " + posters;
                    print("each waits for its answer" + what, Load.waiting(peer, posters), roundTrips, pipeline);
                    print("1000 under way" + what, Load.streaming(peer, posters), roundTrips, pipeline);
                }
            }
        }
        Turns.measure(uri);
        try (Jedis admin = new Jedis("127.0.0.1", port)) {
            System.out.printf(
                    "50000 missed messages are here %d ms after the server may connect again%n",
                    Comeback.ofMissed(uri, admin, 50_000));
            System.out.printf(
                    "10000 channels are subscribed again %d ms after the connection was killed%n",
                    Comeback.ofChannels(uri, admin, 10_000));
        }
    }

    private static void print(String what, double perSecond, double roundTrips, double pipeline) {
        System.out.printf(
                Locale.ROOT,
                "%-52s %10.0f %12.2f %10.2f%n",
                what,
                perSecond,
                perSecond / roundTrips,
                perSecond / pipeline);
    }

    private static void awaitAnswer(int port) {
        while (true) {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                jedis.ping();
                return;
            } catch (JedisConnectionException e) {
                Thread.onSpinWait(); // it is starting
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
