package io.github.cdimessages.internal.redis.nodes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** A connection to Redis, as those need it who keep and read the logs; a simulation puts itself in its place. */
public interface Calls {

    /** Sends a command whose answer is read later. */
    void send(Command command, List<byte[]> arguments);

    /** Sends a command and waits for its answer; throws a JedisDataException if it is refused. */
    @Nullable
    Object call(Command command, List<byte[]> arguments);
}
