package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;

/** Speaks with Redis as a client that is none of ours: {@code redis-cli}, or a server that follows the wire format. */
final class RawRedis {
    private static final int PATIENCE_MILLIS = 30_000;

    private RawRedis() {}

    /** One right after the other. */
    static void publish(String uri, String channel, byte[]... messages) {
        byte[] name = ("cdi-messages:channel:" + channel).getBytes(UTF_8);
        try (Jedis jedis = open(uri);
                Pipeline pipeline = jedis.pipelined()) {
            for (byte[] message : messages) {
                pipeline.publish(name, message);
            }
        }
    }

    /** How many connections have subscribed to a channel. */
    static long subscribers(String uri, String channel) {
        String name = "cdi-messages:channel:" + channel;
        try (Jedis jedis = open(uri)) {
            return jedis.pubsubNumSub(name).get(name);
        }
    }

    /** The names of the library's connections. */
    static List<String> connections(String uri) {
        try (Jedis jedis = open(uri)) {
            return jedis.clientList()
                    .lines()
                    .map(line -> line.replaceFirst(".* name=(\\S*) .*", "$1"))
                    .filter(name -> name.startsWith("cdi-messages"))
                    .sorted()
                    .toList();
        }
    }

    /** Lets a user in who may do everything. */
    static void letIn(String uri, String user, String password) {
        try (Jedis jedis = open(uri)) {
            jedis.aclSetUser(user, "reset", "on", '>' + password, "~*", "&*", "+@all");
        }
    }

    /** Ends what a user has open, and does not let it in again. */
    static void cutOff(String uri, String user) {
        try (Jedis jedis = open(uri)) {
            jedis.aclSetUser(user, "off");
            jedis.sendCommand(Protocol.Command.CLIENT, "KILL", "USER", user);
        }
    }

    /** A connection that waits as long as a busy machine may take. */
    static Jedis open(String uri) {
        return new Jedis(URI.create(uri), PATIENCE_MILLIS);
    }

    /** An envelope as docs/wire-format.md says, from a server that is none of ours. */
    static byte[] envelope(long sequence, String type, String json) {
        byte[] origin = "stranger".getBytes(UTF_8);
        byte[] typeName = type.getBytes(UTF_8);
        byte[] body = json.getBytes(UTF_8);
        int header = 32 + origin.length + 2 + typeName.length;
        return ByteBuffer.allocate(header + body.length)
                .putShort((short) 0xCD4D)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header)
                .putLong(sequence)
                .putLong(System.currentTimeMillis())
                .putLong(0) // no number: a stranger keeps no log
                .putShort((short) origin.length)
                .put(origin)
                .putShort((short) typeName.length)
                .put(typeName)
                .put(body)
                .array();
    }
}
