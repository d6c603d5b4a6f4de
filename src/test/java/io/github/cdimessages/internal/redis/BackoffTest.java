package io.github.cdimessages.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void itWaits50To500MillisecondsWithJitterAndHasNoEnd() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(backoff.nextMillis());
        }
        assertThat(seen).allSatisfy(millis -> assertThat(millis).isBetween(50, 500));
        assertThat(seen).hasSizeGreaterThan(400);
    }

    @Test
    void afterAConnectionThatStoodItWaitsLittleAgain() {
        for (int i = 0; i < 1_000; i++) {
            backoff.nextMillis();
            backoff.nextMillis();
            backoff.nextMillis();
            backoff.reset();
            assertThat(backoff.nextMillis()).isBetween(50, 100);
        }
    }
}
