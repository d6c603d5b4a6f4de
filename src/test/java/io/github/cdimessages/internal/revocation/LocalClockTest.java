package io.github.cdimessages.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server whose system's clock is set while it runs. */
class LocalClockTest {
    private static final long BEGUN = 1_764_073_648_000_000L;

    // Mutable state: owned by the test's thread
    private Instant system = Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(BEGUN));
    private long nanos = -17;

    private final LocalClock clock = new LocalClock(() -> system, () -> nanos);

    @Test
    void aSystemsClockThatIsSetBackMakesNoRevocationOlderThanTheLoginBefore() {
        pass(10);
        long login = clock.now();
        system = system.minusSeconds(3_600);
        pass(1);
        assertThat(clock.now()).isEqualTo(login + 1_000_000).isEqualTo(BEGUN + 11_000_000);
    }

    @Test
    void aTimeOfTheSystemsClockIsAsLongAgoAsItIsThere() {
        system = system.plusSeconds(3_600);
        pass(10);
        assertThat(clock.at(system.minusSeconds(3))).isEqualTo(clock.now() - 3_000_000);
    }

    @Test
    void whatIsStillToComeIsNowAndWhatIsLongAgoStaysThere() {
        assertThat(clock.at(system.plusSeconds(1))).isEqualTo(BEGUN);
        assertThat(clock.at(Instant.MAX)).isEqualTo(BEGUN);
        assertThat(clock.at(Instant.EPOCH)).isZero();
        assertThat(clock.at(Instant.MIN)).isZero();
    }

    private void pass(int seconds) {
        system = system.plusSeconds(seconds);
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }
}
