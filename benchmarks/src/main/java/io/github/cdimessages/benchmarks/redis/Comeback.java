package io.github.cdimessages.benchmarks.redis;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** How long it takes until a server that was cut off is whole again. */
final class Comeback {
    private Comeback() {}

    /** Milliseconds from the end of a user's ban to the last of the messages that it missed. */
    static long ofMissed(String uri, Jedis admin, int messages) throws Exception {
        admin.aclSetUser("late", "on", "nopass", "allcommands", "allkeys", "allchannels");
        try (Peer poster = new Peer("poster", RedisBenchmark.properties(uri, "on"));
                Peer late = new Peer("late", RedisBenchmark.properties(uri.replace("//", "//late:any@"), "on"))) {
            late.listen("missed");
            admin.aclSetUser("late", "off");
            admin.sendCommand(Command.CLIENT, "KILL", "USER", "late");
            while (late.isReachable()) {
                Thread.onSpinWait();
            }
            CompletionStage<Void> last = poster.post("missed");
            for (int i = 1; i < messages; i++) {
                last = poster.post("missed");
                if (i % 1_000 == 0) {
                    last.toCompletableFuture().get(10, TimeUnit.SECONDS);
                }
            }
            last.toCompletableFuture().get(10, TimeUnit.SECONDS);
            long start = System.nanoTime();
            admin.aclSetUser("late", "on");
            await(() -> late.received.sum() == messages, "missed messages, of which came " + late.received.sum());
            return millisSince(start);
        }
    }

    /** Milliseconds from the kill of a subscriber to the moment when all its channels are subscribed again. */
    static long ofChannels(String uri, Jedis admin, int channels) throws Exception {
        try (Peer peer = new Peer("many", RedisBenchmark.properties(uri, "on"))) {
            for (int i = 0; i < channels; i++) {
                peer.listen("channel-" + i);
            }
            long start = System.nanoTime();
            admin.sendCommand(Command.CLIENT, "KILL", "TYPE", "pubsub");
            await(() -> peer.isReachable() && admin.pubsubChannels("*").size() > channels, "channels");
            return millisSince(start);
        }
    }

    private interface Condition {
        boolean isTrue();
    }

    private static void await(Condition condition, String what) {
        long start = System.nanoTime();
        while (!condition.isTrue()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                throw new IllegalStateException("not within a minute: " + what);
            }
            Thread.onSpinWait();
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
