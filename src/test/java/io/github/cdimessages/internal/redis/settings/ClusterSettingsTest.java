package io.github.cdimessages.internal.redis.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
    private static final String URI = "messages.redis.uri";
    private static final String CLUSTER = "messages.redis.cluster";
    private static final String PARTITIONS = "messages.redis.cluster-partitions";

    @Test
    void aListIsOfNodesOfACluster() {
        RedisSettings settings = read(CLUSTER, "true");
        assertThat(settings.address()).hasToString("a:6379,b:1");
        assertThat(settings.cluster()).isEqualTo(new ClusterSettings(8));
        assertThat(read(CLUSTER, "true", PARTITIONS, "3").cluster()).isEqualTo(new ClusterSettings(3));
    }

    @Test
    void withoutThePropertyRedisIsNoCluster() {
        assertThat(read(URI, "redis://a", CLUSTER, "false").cluster()).isNull();
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused(CLUSTER, CLUSTER, "yes");
        assertRefused(PARTITIONS, CLUSTER, "true", PARTITIONS, "0");
        assertRefused(PARTITIONS, CLUSTER, "true", PARTITIONS, "257");
        assertRefused(PARTITIONS, URI, "redis://a", PARTITIONS, "8");
        assertRefused(URI, CLUSTER, "true", URI, "redis://user:secret@a,b/1");
        assertRefused("messages.redis.sentinel-master", CLUSTER, "true", "messages.redis.sentinel-master", "shop");
        assertRefused(URI);
    }

    private static void assertRefused(String property, String... values) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(MessagesException.class)
                .hasMessageStartingWith("property '" + property + "': '")
                .hasMessageContaining("; ")
                .hasMessageNotContaining("secret");
    }

    private static RedisSettings read(String... more) {
        Map<String, String> values = new HashMap<>(Map.of(URI, "redis://a,b:1"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return RedisSettings.read(new Settings(values::get)).orElseThrow();
    }
}
