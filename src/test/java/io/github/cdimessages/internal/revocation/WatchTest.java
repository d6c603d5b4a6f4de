package io.github.cdimessages.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import io.github.cdimessages.testing.LogFixture;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a server does about its ledger in moments that can't be brought about with a real one. */
class WatchTest {
    /** Runs all at once. */
    private static final Ticker AT_ONCE = new Ticker() {
        @Override
        public void every(Duration pause, Runnable work) {
            throw new AssertionError("nobody asked for that");
        }

        @Override
        public void execute(Runnable work) {
            work.run();
        }
    };

    // Mutable state: owned by the test's thread
    private final List<String> told = new ArrayList<>();
    private Runnable reading = () -> {};
    private boolean reachable = true;

    private final Watch watch = new Watch(
            new Ledger() {
                @Override
                public void append(NetworkClock clock, Supplier<Envelope> entry, Duration keep) {
                    throw new AssertionError("nobody revokes");
                }

                @Override
                public Page read(NetworkClock clock, long since) {
                    told.add("read");
                    Runnable now = reading;
                    reading = () -> {};
                    now.run();
                    return new Page(List.of(), 17);
                }

                @Override
                public Duration patience() {
                    return Duration.ZERO;
                }
            },
            (Transport) Proxy.newProxyInstance(
                    WatchTest.class.getClassLoader(),
                    new Class<?>[] {Transport.class},
                    (proxy, method, arguments) -> reachable),
            new NetworkClock(),
            AT_ONCE,
            Duration.ofNanos(1),
            (page, all) -> {});

    @Test
    void anErrorIsNotTheLastReading() {
        reading = () -> {
            throw new StackOverflowError("as deep as that");
        };
        try (LogFixture log = LogFixture.of(Watch.class)) {
            watch.readSoon();
            assertThat(log.lines()).singleElement().asString().contains("could not be read");
        }
        assertThat(watch.isCutOff()).isTrue();

        watch.readSoon();
        assertThat(told).containsExactly("read", "read");
        assertThat(watch.isCutOff()).isFalse();
    }

    @Test
    void aReturnDuringAReadingIsToldAfterTheNext() {
        reading = () -> watch.restored(() -> told.add("restored"));
        watch.readSoon();
        assertThat(told).containsExactly("read", "read", "restored");
    }

    @Test
    void aLossDuringAReadingLeavesTheServerUnsure() {
        reading = watch::lost;
        watch.readSoon();
        assertThat(watch.isCutOff()).isTrue();

        watch.restored(() -> told.add("restored"));
        assertThat(watch.isCutOff()).isFalse();
        assertThat(told).containsExactly("read", "read", "restored");
    }

    @Test
    void aLedgerThatIsReadBeforeTheLinkIsThereIsReadAgainAtOnceWhenItIs() {
        reachable = false;
        watch.readSoon();
        watch.tick();
        assertThat(told).containsExactly("read");
        assertThat(watch.isCutOff()).isTrue();

        reachable = true;
        watch.tick();
        assertThat(told).containsExactly("read", "read");
        assertThat(watch.isCutOff()).isFalse();
    }

    @Test
    void theLedgerIsReadWhenASessionOpensButNotForEachOfMany() {
        watch.sessionOpens();
        assertThat(told).containsExactly("read");
        watch.sessionOpens();
        assertThat(told).containsExactly("read");
    }

    @Test
    void nothingIsReadAfterTheEnd() {
        watch.stop();
        watch.readSoon();
        assertThat(told).isEmpty();
    }
}
