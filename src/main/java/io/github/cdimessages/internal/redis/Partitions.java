package io.github.cdimessages.internal.redis;

import java.util.List;

/** All partitions, and which channel is in which; see docs/wire-format.md. */
final class Partitions {
    private final List<Partition> all;

    private Partitions(List<Partition> all) {
        this.all = List.copyOf(all);
    }

    static Partitions of(RedisSettings settings, Timing timing, Settlement settlement, Outages outages) {
        return new Partitions(List.of(new Partition(
                settings,
                timing,
                "",
                new ChannelNames(settings.prefix()),
                Whereabouts.of(settings),
                settlement,
                outages.ofPartition())));
    }

    Partition of(String channel) {
        return all.get(0);
    }

    List<Partition> all() {
        return all;
    }
}
