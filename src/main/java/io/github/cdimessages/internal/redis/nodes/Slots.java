package io.github.cdimessages.internal.redis.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Divides the channels among the partitions, and the partitions among the slots; see docs/wire-format.md. */
public final class Slots {

    /** The number of the partition that a channel belongs to. */
    public static int partitionOf(String channel, int partitions) {
        CRC32 hash = new CRC32();
        hash.update(channel.getBytes(UTF_8));
        return (int) (hash.getValue() % partitions);
    }

    /**
     * The slot of a partition: each further one halves a gap between those before, so that any number of them is spread
     * evenly over any number of nodes.
     */
    public static int slotOf(int partition) {
        return Integer.reverse(partition) >>> 18;
    }

    /** The smallest number that, as a hash tag, puts names into a slot. */
    public static String tagOf(int slot) {
        int number = 0;
        while (JedisClusterCRC16.getSlot(String.valueOf(number)) != slot) {
            number++;
        }
        return String.valueOf(number);
    }

    private Slots() {}
}
