package io.github.cdimessages.internal.redis;

import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.RedisServerFixture;
import java.util.List;

/** A server that a test cuts off from Redis for as long as it likes: its user is switched off. */
final class CutOff implements AutoCloseable {
    final Node node;
    private final RedisServerFixture redis;

    private CutOff(Node node, RedisServerFixture redis) {
        this.node = node;
        this.redis = redis;
    }

    static CutOff listening(RedisServerFixture redis, String... channels) throws Exception {
        return signed("", redis, channels);
    }

    /** With keys for signing; without if that is empty. */
    static CutOff signed(String keys, RedisServerFixture redis, String... channels) throws Exception {
        redis.raw(jedis -> jedis.aclSetUser("b", "on", "nopass", "allcommands", "allkeys", "allchannels"));
        String uri = redis.uri().replace("//", "//b:any@");
        Node node = Node.started("b", redis, "messages.redis.uri", uri, "messages.redis.signing-keys", keys);
        for (String channel : channels) {
            node.listen(channel);
        }
        return new CutOff(node, redis);
    }

    /** Of a server that has started as the user "b". */
    static CutOff of(Node node, RedisServerFixture redis) {
        return new CutOff(node, redis);
    }

    void cut() {
        redis.raw(jedis -> jedis.aclSetUser("b", "off"));
        mine().forEach(redis::killConnection);
        await().until(() -> mine().isEmpty() && !node.transport.isReachable());
    }

    void mend() {
        redis.raw(jedis -> jedis.aclSetUser("b", "on"));
        await().until(node.transport::isReachable);
    }

    /** CLIENT KILL of each connection that hears messages. */
    static void killSubscribers(RedisServerFixture redis) {
        await().until(() -> !subscribers(redis).isEmpty());
        subscribers(redis).forEach(redis::killConnection);
    }

    @Override
    public void close() {
        node.close();
    }

    private List<String> mine() {
        return redis.connections().stream()
                .filter(line -> line.contains(" user=b "))
                .toList();
    }

    private static List<String> subscribers(RedisServerFixture redis) {
        return redis.connections().stream()
                .filter(line -> line.contains("subscriber") && !line.contains(" sub=0 "))
                .toList();
    }
}
