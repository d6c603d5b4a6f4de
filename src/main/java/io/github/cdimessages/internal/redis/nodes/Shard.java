package io.github.cdimessages.internal.redis.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/**
 * A master of a Cluster with its replicas, as CLUSTER SHARDS tells of them.
 *
 * @param slots first and last of each range that it serves
 * @param master who serves them; null if there is none that is well
 * @param nodes all that are well
 */
record Shard(List<Long> slots, @Nullable HostAndPort master, List<HostAndPort> nodes) {

    /** Asks a node, which may leave out its own host. */
    static List<Shard> of(Calls redis, HostAndPort asked, boolean tls) {
        List<Shard> shards = new ArrayList<>();
        if (redis.call(Command.CLUSTER, List.of("SHARDS".getBytes(UTF_8))) instanceof List<?> all) {
            for (Object each : all) {
                shards.add(read(fields(each), asked, tls));
            }
        }
        return shards;
    }

    boolean serves(int slot) {
        for (int i = 0; i + 1 < slots.size(); i += 2) {
            if (slots.get(i) <= slot && slot <= slots.get(i + 1)) {
                return true;
            }
        }
        return false;
    }

    private static Shard read(Map<String, Object> shard, HostAndPort asked, boolean tls) {
        List<Long> slots = new ArrayList<>();
        HostAndPort master = null;
        List<HostAndPort> nodes = new ArrayList<>();
        if (shard.get("slots") instanceof List<?> numbers) {
            numbers.forEach(each -> slots.add((Long) each));
        }
        if (shard.get("nodes") instanceof List<?> all) {
            for (Object each : all) {
                Map<String, Object> node = fields(each);
                if ("online".equals(node.get("health")) && node.get(tls ? "tls-port" : "port") instanceof Long port) {
                    HostAndPort where = new HostAndPort(host(node, asked), port.intValue());
                    nodes.add(where);
                    if ("master".equals(node.get("role"))) {
                        master = where;
                    }
                }
            }
        }
        return new Shard(slots, master, nodes);
    }

    private static String host(Map<String, Object> node, HostAndPort asked) {
        return node.get("endpoint") instanceof String text && !text.isEmpty() && !text.equals("?")
                ? text
                : asked.getHost();
    }

    private static Map<String, Object> fields(@Nullable Object reply) {
        Map<String, Object> fields = new HashMap<>();
        if (reply instanceof List<?> parts) {
            for (int i = 0; i + 1 < parts.size(); i += 2) {
                if (parts.get(i) instanceof byte[] name && parts.get(i + 1) != null) {
                    Object value = parts.get(i + 1);
                    fields.put(new String(name, UTF_8), value instanceof byte[] text ? new String(text, UTF_8) : value);
                }
            }
        }
        return fields;
    }
}
