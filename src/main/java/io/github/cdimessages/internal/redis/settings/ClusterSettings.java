package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The properties {@code messages.redis.cluster…}, checked.
 *
 * @param partitions into how many the channels are divided, each with a slot of its own
 */
public record ClusterSettings(int partitions) {
    public static final String CLUSTER = "messages.redis.cluster";
    public static final String PARTITIONS = "messages.redis.cluster-partitions";

    /** Reads them; null where Redis is no Cluster. */
    public static @Nullable ClusterSettings read(Settings settings) {
        if (settings.choice(CLUSTER, Flag.FALSE) == Flag.TRUE) {
            return new ClusterSettings(settings.number(PARTITIONS, 8, 1, 256));
        }
        settings.text(PARTITIONS).ifPresent(partitions -> {
            throw Settings.wrong(
                    PARTITIONS, partitions, "is for a Redis Cluster; set property '" + CLUSTER + "' to true");
        });
        return null;
    }

    private enum Flag {
        TRUE,
        FALSE
    }
}
