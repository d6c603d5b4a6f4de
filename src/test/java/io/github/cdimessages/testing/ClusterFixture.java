package io.github.cdimessages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.Protocol.Command;

/** A Redis Cluster of three masters, with the file {@code server-config/redis/cluster.conf}. */
public final class ClusterFixture implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final long FAIL_OVER_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final Certificates certificates = new Certificates("ip:127.0.0.1");
    private final ServerConfigFixture files = new ServerConfigFixture(certificates);
    private final List<RedisServerFixture> nodes = new ArrayList<>();

    /** All of them, which know each other. */
    public static ClusterFixture started() {
        ClusterFixture cluster = new ClusterFixture();
        try {
            cluster.start();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void start() {
        for (int i = 0; i < MASTERS; i++) {
            RedisServerFixture node = node();
            say(node, "CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            int first = SLOTS * i / MASTERS;
            int last = SLOTS * (i + 1) / MASTERS - 1;
            say(node, "CLUSTER", "ADDSLOTSRANGE", String.valueOf(first), String.valueOf(last));
        }
        awaitWhole();
    }

    /** Adds a replica of a master; returns when it has all that the master has. */
    public RedisServerFixture replicaOf(RedisServerFixture master) {
        RedisServerFixture replica = node();
        awaitWhole();
        say(replica, "CLUSTER", "REPLICATE", id(master));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> text(say(replica, "INFO", "replication")).contains("master_link_status:up"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nodes.stream()
                        .allMatch(each -> text(say(each, "CLUSTER", "NODES")).contains(" slave " + id(master))
                                || text(say(each, "CLUSTER", "NODES")).contains(",slave " + id(master))));
        return replica;
    }

    /** The value for {@code messages.redis.uri} and what else a server needs. */
    public Map<String, String> properties() {
        return Map.of(
                "messages.redis.uri",
                nodes.stream()
                        .map(each -> "127.0.0.1:" + each.port())
                        .collect(Collectors.joining(",", "rediss://shop:" + ServerConfigFixture.PASSWORD + "@", "")),
                "messages.redis.cluster",
                "true",
                "messages.redis.tls.trust-store",
                certificates.certificate().toString());
    }

    public List<RedisServerFixture> nodes() {
        return nodes;
    }

    /** Who serves a slot by its own account. */
    public RedisServerFixture masterOf(int slot) {
        return nodes.stream()
                .filter(RedisServerFixture::isAlive)
                .filter(each -> serves(each, slot))
                .findFirst()
                .orElseThrow();
    }

    /** The slot of a channel that somebody listens to, as Redis tells it. */
    public int slotOf(String channel) {
        String name = nodes.stream()
                .map(each -> (List<?>) say(each, "PUBSUB", "SHARDCHANNELS", "*:channel:" + channel))
                .flatMap(Collection::stream)
                .map(ClusterFixture::text)
                .findFirst()
                .orElseThrow();
        return ((Long) say(nodes.get(0), "CLUSTER", "KEYSLOT", name)).intValue();
    }

    /** Moves a slot with all its keys to another master, as redis-cli does. */
    public void move(int slot, RedisServerFixture to) {
        move(slot, to, () -> {});
    }

    /** The same, with something that is done when the keys are at their new node, which does not serve the slot yet. */
    public void move(int slot, RedisServerFixture to, Runnable inBetween) {
        RedisServerFixture from = masterOf(slot);
        String number = String.valueOf(slot);
        say(to, "CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        say(from, "CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        List<?> keys = keys(from, number);
        while (!keys.isEmpty()) {
            List<String> command = new ArrayList<>(List.of(
                    "MIGRATE",
                    "127.0.0.1",
                    String.valueOf(to.port()),
                    "",
                    "0",
                    "10000",
                    "AUTH2",
                    "admin",
                    ServerConfigFixture.PASSWORD,
                    "KEYS"));
            keys.forEach(key -> command.add(text(key)));
            say(from, command.toArray(String[]::new));
            keys = keys(from, number);
        }
        inBetween.run();
        say(to, "CLUSTER", "SETSLOT", number, "NODE", id(to));
        say(from, "CLUSTER", "SETSLOT", number, "NODE", id(to));
    }

    /**
     * Makes a replica the master of a slot though the master is well; Redis gives that up after 5 s, and is asked
     * again.
     */
    public void failOver(RedisServerFixture replica, int slot) {
        long[] asked = {System.nanoTime() - FAIL_OVER_NANOS};
        await().until(() -> {
            boolean done = serves(replica, slot);
            if (!done && System.nanoTime() - asked[0] >= FAIL_OVER_NANOS) {
                say(replica, "CLUSTER", "FAILOVER");
                asked[0] = System.nanoTime();
            }
            return done;
        });
    }

    /** Whether a node is the master of a slot, by its own account. */
    public static boolean serves(RedisServerFixture node, int slot) {
        String myself = text(say(node, "CLUSTER", "NODES"))
                .lines()
                .filter(line -> line.contains("myself,master"))
                .findFirst()
                .orElse("");
        String[] words = myself.split(" ");
        return Stream.of(words)
                .skip(8)
                .filter(range -> !range.startsWith("["))
                .map(range -> range.split("-"))
                .anyMatch(range ->
                        Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[range.length - 1]));
    }

    /** Does something as the administrator. */
    public static Object say(RedisServerFixture node, String... words) {
        byte[][] arguments =
                Stream.of(words).skip(1).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
        return node.raw(jedis -> jedis.sendCommand(Command.valueOf(words[0]), arguments));
    }

    @Override
    public void close() {
        nodes.forEach(RedisServerFixture::close);
    }

    private RedisServerFixture node() {
        RedisServerFixture node = RedisServerFixture.redis7(
                        files.file("cluster.conf"),
                        "--cluster-port",
                        String.valueOf(FreePort.next()),
                        "--cluster-announce-ip",
                        "127.0.0.1",
                        "--cluster-node-timeout",
                        "1500",
                        "--repl-diskless-sync-delay",
                        "0")
                .accessedBy(files.access("admin"));
        nodes.add(node);
        node.start();
        return node;
    }

    private void awaitWhole() {
        for (RedisServerFixture node : nodes) {
            String busPort = text(((List<?>) say(node, "CONFIG", "GET", "cluster-port")).get(1));
            say(nodes.get(0), "CLUSTER", "MEET", "127.0.0.1", String.valueOf(node.port()), busPort);
        }
        String all = "cluster_known_nodes:" + nodes.size();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nodes.stream().allMatch(each -> {
                    String info = text(say(each, "CLUSTER", "INFO"));
                    return info.contains(all + "\r") && info.contains("cluster_state:ok");
                }));
    }

    private static List<?> keys(RedisServerFixture node, String slot) {
        return (List<?>) say(node, "CLUSTER", "GETKEYSINSLOT", slot, "100");
    }

    private static String id(RedisServerFixture node) {
        return text(say(node, "CLUSTER", "MYID"));
    }

    private static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }
}
