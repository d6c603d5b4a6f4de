package io.github.cdimessages.internal.redis.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.internal.redis.nodes.Whereabouts.Inquiry;
import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.ClusterSettings;
import io.github.cdimessages.internal.redis.settings.RedisAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Knows who serves a slot: asks one node after the other, and each time another one first, since what a node says may
 * be out of date. All partitions share it.
 */
public final class Cluster {
    private final RedisAddress address;
    private final int partitions;
    private final ChannelNames first;
    private final AtomicInteger turn = new AtomicInteger();

    // Mutable state: written by any thread that asks; each may overwrite what another has found
    private volatile List<HostAndPort> known;
    private volatile boolean agreed;

    public Cluster(RedisAddress address, int partitions, ChannelNames first) {
        this.address = address;
        this.partitions = partitions;
        this.first = first;
        known = address.nodes();
    }

    /** Who serves the slot of a partition now; throws a JedisException that says why nobody knows. */
    public HostAndPort masterOf(int partition, Inquiry inquiry) {
        int slot = Slots.slotOf(partition);
        List<String> problems = new ArrayList<>();
        for (HostAndPort node : inTurn()) {
            try {
                List<Shard> shards = inquiry.ask(node, address.access(), redis -> shards(redis, node));
                HostAndPort found = master(shards, slot);
                known = shards.stream().flatMap(shard -> shard.nodes().stream()).toList();
                if (!agreed || partition == 0) {
                    inquiry.ask(master(shards, Slots.slotOf(0)), address.access(), this::agree);
                }
                return found;
            } catch (WrongRedisException e) {
                throw e;
            } catch (JedisException e) {
                if (Causes.refusal(e) != null) {
                    throw e;
                }
                problems.add(node + ": " + Causes.of(e));
            }
        }
        throw new JedisConnectionException(
                "no node of the Cluster says who serves slot " + slot + " (" + String.join("; ", problems) + ")");
    }

    /** Those that were there last, and then all that the settings name. */
    private List<HostAndPort> inTurn() {
        List<HostAndPort> last = known;
        List<HostAndPort> nodes = new ArrayList<>();
        int start = Math.floorMod(turn.getAndIncrement(), Math.max(1, last.size()));
        for (int i = 0; i < last.size(); i++) {
            nodes.add(last.get((start + i) % last.size()));
        }
        address.nodes().stream().filter(node -> !nodes.contains(node)).forEach(nodes::add);
        return nodes;
    }

    private List<Shard> shards(Calls redis, HostAndPort node) {
        Hello hello = Hello.of(redis);
        if (hello.isBeforeRedis7()) {
            throw new WrongRedisException(
                    ClusterSettings.CLUSTER,
                    "true",
                    "Redis at " + node + " has version '" + hello.version()
                            + "', and publishes within a Cluster's slot only from 7.0 on; update it");
        }
        if (!hello.isCluster()) {
            throw new WrongRedisException(
                    ClusterSettings.CLUSTER,
                    "true",
                    "Redis at " + node + " is no node of a Cluster (its mode is '" + hello.mode()
                            + "'); correct property '" + RedisAddress.URI + "', or remove this one");
        }
        return Shard.of(redis, node, address.tls());
    }

    /** Sees to it that all servers have the same number of partitions. */
    private boolean agree(Calls redis) {
        String mine = String.valueOf(partitions);
        redis.call(Command.HSETNX, List.of(first.partitions(), "number".getBytes(UTF_8), mine.getBytes(UTF_8)));
        Object reply = redis.call(Command.HGETALL, List.of(first.partitions()));
        if (reply instanceof List<?> fields && fields.size() > 1 && fields.get(1) instanceof byte[] value) {
            String theirs = new String(value, UTF_8);
            if (!theirs.equals(mine)) {
                String key = new String(first.partitions(), UTF_8);
                throw new WrongRedisException(
                        ClusterSettings.PARTITIONS,
                        mine,
                        "servers with the same prefix have " + theirs + ": set that, or stop them all, remove the key '"
                                + key + "' from Redis, and give all of them the same number");
            }
        }
        agreed = true;
        return true;
    }

    private static HostAndPort master(List<Shard> shards, int slot) {
        for (Shard shard : shards) {
            HostAndPort master = shard.master();
            if (shard.serves(slot) && master != null) {
                return master;
            }
        }
        throw new JedisConnectionException("nobody serves slot " + slot);
    }
}
