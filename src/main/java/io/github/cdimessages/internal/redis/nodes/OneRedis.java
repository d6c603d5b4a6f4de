package io.github.cdimessages.internal.redis.nodes;

import io.github.cdimessages.internal.redis.settings.ClusterSettings;
import redis.clients.jedis.HostAndPort;

/** The Redis that the settings name. */
record OneRedis(HostAndPort where) implements Whereabouts {

    @Override
    public HostAndPort find(Inquiry inquiry) {
        return where;
    }

    /** One node of a Cluster has only some of the keys. */
    @Override
    public void check(Calls connection) {
        if (Hello.of(connection).isCluster()) {
            throw new WrongRedisException(
                    ClusterSettings.CLUSTER, "false", "Redis at " + where + " is a node of a Cluster; set it to true");
        }
    }
}
