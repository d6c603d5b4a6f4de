package io.github.cdimessages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.Protocol.Command;

/** Three Redis and the three Sentinels that watch them, with the files of {@code server-config/redis}. */
public final class SentinelsFixture implements AutoCloseable {
    private final Certificates certificates = new Certificates("ip:127.0.0.1");
    private final ServerConfigFixture files = new ServerConfigFixture(certificates);
    private final List<RedisServerFixture> nodes = new ArrayList<>();
    private final List<RedisServerFixture> sentinels = new ArrayList<>();

    /** All of them, which know each other. */
    public static SentinelsFixture started() {
        SentinelsFixture all = new SentinelsFixture();
        try {
            all.start();
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private void start() {
        RedisServerFixture first = node();
        for (int i = 1; i < 3; i++) {
            RedisServerFixture replica =
                    node("--replicaof", "127.0.0.1", String.valueOf(first.port()), "--repl-diskless-sync-delay", "0");
            await().until(() -> info(replica, "replication").contains("master_link_status:up"));
        }
        for (int i = 0; i < 3; i++) {
            String file = files.changed(
                    "sentinel.conf",
                    List.of(
                            "redis-1.example.com 6379",
                            "127.0.0.1 " + first.port(),
                            "down-after-milliseconds messages 5000",
                            "down-after-milliseconds messages 2000",
                            "failover-timeout messages 60000",
                            "failover-timeout messages 4000"));
            RedisServerFixture sentinel =
                    RedisServerFixture.redis7(file, "--sentinel").accessedBy(files.access(null));
            sentinels.add(sentinel);
            sentinel.start();
            command(sentinel, "DEBUG", "info-period", "500", "publish-period", "500"); // else it takes 10 s to see all
        }
        awaitWhole();
    }

    /** Waits until all Sentinels know of two replicas that follow, and of each other. */
    public void awaitWhole() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sentinels.stream().allMatch(each -> {
                    Map<String, String> seen =
                            each.raw(jedis -> jedis.sentinelMasters()).get(0);
                    return seen.get("flags").equals("master")
                            && seen.get("num-slaves").equals("2")
                            && seen.get("num-other-sentinels").equals("2")
                            && each.raw(jedis -> jedis.sentinelReplicas("messages")).stream()
                                    .allMatch(replica -> replica.get("flags").equals("slave")
                                            && replica.get("master-link-status").equals("ok"));
                }));
        await().until(() -> info(master(), "replication").contains("min_slaves_good_slaves:2"));
    }

    /** The properties of a server, with the right passwords. */
    public Map<String, String> properties() {
        return Map.of(
                "messages.redis.uri",
                sentinels.stream()
                        .map(each -> "127.0.0.1:" + each.port())
                        .collect(Collectors.joining(",", "rediss://shop:" + ServerConfigFixture.PASSWORD + "@", "")),
                "messages.redis.sentinel-master",
                "messages",
                "messages.redis.sentinel-password",
                ServerConfigFixture.PASSWORD,
                "messages.redis.tls.trust-store",
                certificates.certificate().toString());
    }

    public List<RedisServerFixture> nodes() {
        return nodes;
    }

    public List<RedisServerFixture> sentinels() {
        return sentinels;
    }

    /** The Redis that the first Sentinel names. */
    public RedisServerFixture master() {
        String port = sentinels
                .get(0)
                .raw(jedis -> jedis.sentinelGetMasterAddrByName("messages"))
                .get(1);
        return nodes.stream()
                .filter(each -> port.equals(String.valueOf(each.port())))
                .findFirst()
                .orElseThrow();
    }

    /** Makes a replica the master though the master is well. */
    public void failOver() {
        command(sentinels.get(0), "FAILOVER", "messages");
    }

    /** Lets the Sentinels see nothing of a Redis, while all others see it. */
    public void hideFromSentinels(RedisServerFixture redis) {
        redis.raw(jedis -> jedis.aclSetUser("sentinel", "off"));
        redis.raw(jedis -> jedis.sendCommand(
                Command.CLIENT, "KILL".getBytes(UTF_8), "USER".getBytes(UTF_8), "sentinel".getBytes(UTF_8)));
    }

    public void showToSentinels(RedisServerFixture redis) {
        redis.raw(jedis -> jedis.aclSetUser("sentinel", "on"));
    }

    @Override
    public void close() {
        Stream.concat(sentinels.stream(), nodes.stream()).forEach(RedisServerFixture::close);
    }

    private RedisServerFixture node(String... options) {
        String own = files.changed("replicated.conf", List.of()); // a Sentinel makes each Redis rewrite its file
        String[] all = Stream.concat(Stream.of(own), Stream.of(options)).toArray(String[]::new);
        RedisServerFixture node = RedisServerFixture.redis7(all).accessedBy(files.access("admin"));
        nodes.add(node);
        node.start();
        return node;
    }

    private static void command(RedisServerFixture sentinel, String... words) {
        byte[][] arguments = Stream.of(words).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
        sentinel.raw(jedis -> jedis.sendCommand(Command.SENTINEL, arguments));
    }

    private static String info(RedisServerFixture redis, String section) {
        return redis.raw(jedis -> jedis.info(section));
    }
}
