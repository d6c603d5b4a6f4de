package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.nodes.Cluster;
import io.github.cdimessages.internal.redis.nodes.SlotMaster;
import io.github.cdimessages.internal.redis.nodes.Slots;
import io.github.cdimessages.internal.redis.nodes.Whereabouts;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.ClusterSettings;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import java.util.ArrayList;
import java.util.List;

/** All partitions, and which channel is in which; see docs/wire-format.md. */
final class Partitions {
    private final List<Partition> all;

    private Partitions(List<Partition> all) {
        this.all = List.copyOf(all);
    }

    static Partitions of(RedisSettings settings, Timing timing, Settlement settlement, Outages outages) {
        List<Partition> all = new ArrayList<>();
        ClusterSettings inCluster = settings.cluster();
        if (inCluster == null) {
            ChannelNames names = new ChannelNames(settings.prefix());
            Whereabouts whereabouts = Whereabouts.of(settings);
            all.add(new Partition(
                    settings, timing, "", names, whereabouts, settlement, outages.ofPartition(channel -> true)));
            return new Partitions(all);
        }
        Cluster cluster = new Cluster(settings.address(), inCluster.partitions(), names(settings, 0));
        int number = inCluster.partitions();
        for (int i = 0; i < number; i++) {
            int partition = i;
            Reachability reachability = outages.ofPartition(channel -> Slots.partitionOf(channel, number) == partition);
            ChannelNames names = names(settings, i);
            Whereabouts whereabouts = new SlotMaster(cluster, i, names);
            all.add(new Partition(settings, timing, "-" + i, names, whereabouts, settlement, reachability));
        }
        return new Partitions(all);
    }

    private static ChannelNames names(RedisSettings settings, int partition) {
        return new ChannelNames(settings.prefix(), Slots.tagOf(Slots.slotOf(partition)));
    }

    Partition of(String channel) {
        return all.size() == 1 ? all.get(0) : all.get(Slots.partitionOf(channel, all.size()));
    }

    List<Partition> all() {
        return all;
    }
}
