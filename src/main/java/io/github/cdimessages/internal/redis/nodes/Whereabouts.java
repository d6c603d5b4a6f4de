package io.github.cdimessages.internal.redis.nodes;

import io.github.cdimessages.internal.redis.settings.Access;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.SentinelSettings;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.HostAndPort;

/**
 * Says where Redis is now. It is asked before each connection, by the thread that connects, since a fail-over may have
 * moved Redis; several threads may ask at the same time.
 */
public interface Whereabouts {

    /** Where to connect; throws a JedisException that says why nobody knows. */
    HostAndPort find(Inquiry inquiry);

    /** Looks at a connection that has just been opened; throws a JedisException if it leads to the wrong place. */
    default void check(Calls connection) {}

    /** Asks others the way, over a connection that the end of the link closes too. */
    interface Inquiry {
        <T> T ask(HostAndPort whom, Access access, Function<Calls, T> question);
    }

    /** What the settings name. */
    static Whereabouts of(RedisSettings settings) {
        List<HostAndPort> nodes = settings.address().nodes();
        SentinelSettings sentinels = settings.sentinels();
        HostAndPort only = nodes.get(0);
        return sentinels != null ? new Sentinels(nodes, sentinels) : new OneRedis(only);
    }
}
