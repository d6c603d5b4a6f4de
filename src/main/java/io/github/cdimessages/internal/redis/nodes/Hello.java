package io.github.cdimessages.internal.redis.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a Redis says of itself, to every user.
 *
 * @param version as it writes it, or nothing
 * @param mode "standalone", "sentinel" or "cluster", or nothing
 */
record Hello(String version, String mode) {

    static Hello of(Calls redis) {
        String version = "";
        String mode = "";
        try {
            if (redis.call(Command.HELLO, List.of()) instanceof List<?> parts) {
                for (int i = 0; i + 1 < parts.size(); i += 2) {
                    if (parts.get(i) instanceof byte[] name && parts.get(i + 1) instanceof byte[] value) {
                        switch (new String(name, UTF_8)) {
                            case "version" -> version = new String(value, UTF_8);
                            case "mode" -> mode = new String(value, UTF_8);
                            default -> {}
                        }
                    }
                }
            }
        } catch (JedisDataException e) {
            // older than 6.0, or something that is like Redis and does not know this
        }
        return new Hello(version, mode);
    }

    boolean isCluster() {
        return mode.equals("cluster");
    }

    /** Whether it is known to have no sharded publish and subscribe. */
    boolean isBeforeRedis7() {
        return version.isEmpty() || version.matches("[0-6]\\..*");
    }
}
