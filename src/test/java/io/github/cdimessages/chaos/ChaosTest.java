package io.github.cdimessages.chaos;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Three nodes post and listen while Redis and the network do what they should not. Prints a table; each fault comes
 * once, or in random order for {@code -Dchaos.minutes=N}, which {@code -Dchaos.seed=S} repeats.
 */
class ChaosTest {
    private final double minutes = Double.parseDouble(System.getProperty("chaos.minutes", "0"));
    private final boolean isLong = minutes > 0;
    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Row> rows = new ArrayList<>();

    // Mutable state: owned by the test's thread
    private int rounds;

    @Test
    void nothingIsLostInSilenceNorHeardTwiceNorOutOfOrder() throws Exception {
        run(World.Kind.KEEPS_DATA, World.Kind.FORGETS);
    }

    @Test
    void norWhenSentinelsFailOver() throws Exception {
        run(World.Kind.SENTINELS);
    }

    @Test
    void norWhenTheSlotsOfAClusterMove() throws Exception {
        run(World.Kind.CLUSTER);
    }

    private void run(World.Kind... kinds) throws Exception {
        long end = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        try {
            do {
                for (World.Kind kind : kinds) {
                    strike(kind);
                }
            } while (System.nanoTime() < end);
        } finally {
            print();
        }
        assertSoftly(softly -> rows.forEach(row -> {
            softly.assertThat(row.wrong).as("%s, seed %d", row.fault, seed).isEmpty();
            softly.assertThat(row.duplicated + row.unordered + row.falselyDelivered + row.overflows)
                    .as("%s: heard twice, out of order, in spite of a failure, dropped", row.fault)
                    .isZero();
            softly.assertThat(row.lost).as("%s: lost", row.fault).isEqualTo(row.announced);
            if (row.fault.keepsData) {
                softly.assertThat(row.lost + row.gaps)
                        .as("%s: lost, gaps", row.fault)
                        .isZero();
            }
        }));
    }

    private void strike(World.Kind kind) throws Exception {
        List<Fault> faults = new ArrayList<>(Arrays.stream(Fault.values())
                .filter(fault -> fault.kind == kind && (isLong || !fault.isOnlyForLongRuns()))
                .toList());
        Collections.shuffle(faults, random);
        try (World world = new World(kind, random, isLong)) {
            for (Fault fault : faults) {
                rows.add(new Round(world, rounds++).run(fault));
            }
        }
    }

    private void print() {
        StringBuilder table = new StringBuilder("chaos, seed " + seed + '\n' + Row.HEAD + '\n');
        rows.stream()
                .sorted((a, b) -> a.fault.compareTo(b.fault))
                .forEach(row -> table.append(row).append('\n'));
        table.append(firsts("Redis is back", false)).append(firsts("a silent loss began", true));
        System.out.println(table);
    }

    private String firsts(String what, boolean silent) {
        double[] firsts = rows.stream()
                .filter(row -> row.fault.isSilent() == silent)
                .flatMap(row -> row.firsts.stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (firsts.length == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "first message of another node since %s: 50 %% within %.2f s, 95 %% within %.2f s, all within %.2f s"
                        + " (%d times)%n",
                what,
                firsts[firsts.length / 2],
                firsts[firsts.length * 95 / 100],
                firsts[firsts.length - 1],
                firsts.length);
    }
}
