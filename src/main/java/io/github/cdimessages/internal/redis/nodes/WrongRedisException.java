package io.github.cdimessages.internal.redis.nodes;

import redis.clients.jedis.exceptions.JedisException;

/** Redis and the settings do not fit together; the message names the property, what was found and the cure. */
public final class WrongRedisException extends JedisException {
    private static final long serialVersionUID = 1;

    WrongRedisException(String property, String value, String problem) {
        super("property '" + property + "': '" + value + "', but " + problem);
    }
}
