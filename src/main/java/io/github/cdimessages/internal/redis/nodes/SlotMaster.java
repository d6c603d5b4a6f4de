package io.github.cdimessages.internal.redis.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.internal.redis.settings.ChannelNames;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** Follows the slot of a partition, wherever the Cluster moves it. */
public final class SlotMaster implements Whereabouts {
    private static final byte[] DAY = "86400000".getBytes(UTF_8);

    private final Cluster cluster;
    private final int partition;
    private final ChannelNames names;

    public SlotMaster(Cluster cluster, int partition, ChannelNames names) {
        this.cluster = cluster;
        this.partition = partition;
        this.names = names;
    }

    @Override
    public HostAndPort find(Inquiry inquiry) {
        return cluster.masterOf(partition, inquiry);
    }

    @Override
    public void check(Calls connection) {
        check(connection, names);
    }

    /**
     * Writes: a replica, a node that is cut off from the others, and one to which the slot has not come yet would let
     * this server subscribe, and not all that is posted would come there.
     */
    public static void check(Calls connection, ChannelNames names) {
        connection.call(Command.PEXPIRE, List.of(names.servers(), DAY));
    }
}
