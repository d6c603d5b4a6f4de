package io.github.cdimessages.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol of docs/wire-format.md under random schedules: each accepted message is heard once and in its poster's
 * order, or a gap says that it is not. {@code -Dsimulation.seed=} and {@code -Dsimulation.schedules=} ask for others.
 */
class RecoverySimulationTest {
    private static final long SEED = Long.getLong("simulation.seed", 4);
    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 17_000);

    @ParameterizedTest
    @EnumSource
    void noMessageIsLostInSilenceHeardTwiceOrOutOfOrder(SimulatedData data) {
        System.out.println("simulating " + SCHEDULES + " schedules, data " + data + ", seed " + SEED);
        long delivered = 0;
        for (int i = 0; i < SCHEDULES; i++) {
            RecoverySimulation simulation = new RecoverySimulation(SEED * 1_000_000_007L + i, data);
            assertThat(simulation.run()).isNull();
            delivered += simulation.delivered();
        }
        assertThat(delivered).as("messages that were accepted").isGreaterThan(5L * SCHEDULES);
    }
}
