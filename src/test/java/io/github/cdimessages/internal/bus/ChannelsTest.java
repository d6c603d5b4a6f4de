package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.Subscription;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The interest in a channel is that of its listeners, however they come and go. */
class ChannelsTest {

    @Test
    void aNewcomerDuringTheLastOnesLeavingKeepsTheInterest() throws Exception {
        AtomicReference<Thread> newcomer = new AtomicReference<>();
        FakeTransport network = new FakeTransport() {
            @Override
            public void unsubscribe(String channel) {
                newcomer.get().start();
                // it has either come too early, or waits until the channel is given up
                Engine.await(
                        "newcomer",
                        () -> newcomer.get().getState() == State.BLOCKED
                                || newcomer.get().getState() == State.TERMINATED);
                super.unsubscribe(channel);
            }
        };
        try (Engine engine = new Engine(10, OverflowPolicy.DROP_OLDEST, network)) {
            BusSession second = engine.session("second");
            newcomer.set(new Thread(() -> second.add("c", String.class, message -> {})));
            engine.session("first").add("c", String.class, message -> {}).close();
            newcomer.get().join();
            assertThat(engine.bus.listenerCount("c")).isOne();
            assertThat(network.subscribed()).containsExactly("c");
            newcomer.set(new Thread(() -> {})); // for the end
        }
    }

    @Test
    void theLastRemovedAndAnotherAddedAtOnceLoseNothing() throws Exception {
        int rounds = 20_000;
        FakeTransport network = new FakeTransport();
        Semaphore heard = new Semaphore(0);
        try (Engine engine = new Engine(1_000_000, OverflowPolicy.DROP_OLDEST, network)) {
            Subscription[] last = {engine.session("first").add("c", String.class, message -> {}), null};
            CyclicBarrier round = new CyclicBarrier(2);
            Crowd.of(2, number -> {
                for (int i = 0; i < rounds; i++) {
                    round.await();
                    if (number == 0) {
                        last[0].close();
                    } else {
                        last[1] = engine.session("another").add("c", String.class, message -> heard.release());
                        engine.post("c", "hello");
                        Crowd.take(heard);
                    }
                    round.await();
                    if (number == 0) {
                        assertThat(network.subscribed()).as("round %d", i).containsExactly("c");
                        last[0] = last[1];
                    }
                    round.await();
                }
            });
            last[0].close();
            assertThat(network.subscribed()).isEmpty();
            assertThat(network.inVain()).isZero();
            assertThat(engine.bus.channelCount()).isZero();
        }
    }

    @Test
    void manyWhoComeAndGoOnFewChannelsLeaveNoStaleInterest() throws Exception {
        FakeTransport network = new FakeTransport();
        try (Engine engine = new Engine(10, OverflowPolicy.DROP_OLDEST, network)) {
            Crowd.of(4, number -> {
                for (int i = 0; i < 25_000; i++) {
                    String channel = "c" + (i + number) % 3;
                    Subscription own = engine.session("s").add(channel, String.class, message -> {});
                    assertThat(network.subscribed()).contains(channel);
                    own.close();
                }
            });
            assertThat(network.subscribed()).isEmpty();
            assertThat(network.inVain()).isZero();
            assertThat(engine.bus.channelCount()).isZero();
        }
    }

    @Test
    void aTransportThatFailsToGiveUpAChannelKeepsNoSessionFromEnding() {
        FakeTransport network = new FakeTransport() {
            @Override
            public void unsubscribe(String channel) {
                throw new IllegalStateException("on purpose");
            }
        };
        try (Engine engine = new Engine(10, OverflowPolicy.DROP_OLDEST, network)) {
            BusSession session = engine.session("first");
            session.add("c", String.class, message -> {});
            session.add("d", String.class, message -> {});
            session.stream("e", String.class);
            session.end();
            assertThat(engine.bus.channelCount()).isZero();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(Crowd.SECONDS),
                    () -> engine.session("next").add("c", String.class, message -> {}));
            assertThat(engine.bus.listenerCount("c")).isOne();
        }
    }
}
