package io.github.cdimessages.internal.redis.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.internal.redis.settings.ChannelNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

class SlotsTest {
    /** What docs/wire-format.md says, so that servers of all versions agree. */
    @Test
    void theFirstPartitionsAreWhereTheyAreDocumented() {
        int[] slots = {0, 8192, 4096, 12288, 2048, 10240, 6144, 14336};
        String[] tags = new String[slots.length];
        for (int i = 0; i < slots.length; i++) {
            assertThat(Slots.slotOf(i)).isEqualTo(slots[i]);
            tags[i] = Slots.tagOf(slots[i]);
        }
        assertThat(tags).containsExactly("3560", "8209", "4129", "356", "48576", "2821", "1296", "16248");
    }

    @Test
    void aChannelHasTheDocumentedPartition() {
        assertThat(Slots.partitionOf("orders", 8)).isEqualTo(6);
        assertThat(Slots.partitionOf("räume:7", 8)).isEqualTo(6);
        assertThat(Slots.partitionOf("busy", 8)).isEqualTo(2);
        assertThat(Slots.partitionOf("anything", 1)).isZero();
    }

    @Test
    void allNamesOfAPartitionAreInItsSlot() {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            int slot = Slots.slotOf(i);
            ChannelNames names = new ChannelNames("shop:eu", Slots.tagOf(slot));
            assertThat(List.of(
                            names.sentinel(),
                            names.servers(),
                            names.partitions(),
                            names.log("a{b}"),
                            names.inRedis("{x}y")))
                    .allSatisfy(
                            name -> assertThat(JedisClusterCRC16.getSlot(name)).isEqualTo(slot));
            slots.add(slot);
        }
        assertThat(slots).hasSize(256);
    }

    @Test
    void partitionsAreSpreadEvenlyOverTheMasters() {
        for (int masters = 1; masters <= 16; masters++) {
            for (int partitions = masters; partitions <= 64; partitions++) {
                Map<Integer, Integer> perMaster = new HashMap<>();
                for (int i = 0; i < partitions; i++) {
                    perMaster.merge(Slots.slotOf(i) * masters / 16_384, 1, Integer::sum);
                }
                int fair = partitions / masters;
                assertThat(perMaster.values())
                        .as("%s partitions over %s masters", partitions, masters)
                        .allMatch(each -> Math.abs(each - fair) <= 3);
            }
        }
    }
}
