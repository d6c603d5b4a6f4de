package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.OverflowPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Many posters, many listeners, many sessions: what is promised to one holds for all. */
class MessageBusTest {
    private static final int POSTERS = 16;

    @Test
    void eachListenerHearsEachPostersMessagesInOrderAndOneAtATime() throws Exception {
        int each = 10_000;
        List<Ordered> listeners = new ArrayList<>();
        try (Engine engine = new Engine()) {
            CountDownLatch missing = new CountDownLatch(6 * POSTERS * each);
            for (int i = 0; i < 4; i++) {
                BusSession session = engine.session("s" + i);
                AtomicInteger inside = new AtomicInteger();
                for (int j = 0; j <= i % 2; j++) { // every other session has two listeners
                    Ordered listener = new Ordered(inside, missing);
                    listeners.add(listener);
                    session.add("c", long[].class, message -> listener.hear((long[]) message));
                }
            }
            Crowd.of(POSTERS, number -> {
                for (long i = 0; i < each; i++) {
                    engine.post("c", new long[] {number, i});
                }
            });
            assertThat(missing.await(Crowd.SECONDS, TimeUnit.SECONDS))
                    .as("all heard")
                    .isTrue();
        }
        assertThat(listeners).allSatisfy(listener -> {
            assertThat(listener.outOfOrder).hasValue(0);
            assertThat(listener.overlaps).hasValue(0);
        });
    }

    /** Each round is a session of its own, which ends when its listener has heard the message of its round. */
    @Test
    void aMillionRoundsOfAddPostAndRemoveLoseNoOwnMessageAndLeaveNothing() throws Exception {
        int rounds = 1_000_000 / POSTERS;
        int underWay = 3;
        FakeTransport network = new FakeTransport();
        int all = 2 * rounds; // of a channel: who waits long for a processor has room for them
        try (Engine engine = new Engine(all, OverflowPolicy.DROP_NEWEST, network)) {
            Crowd.of(POSTERS, number -> {
                String channel = "c" + number / 2; // two threads share a channel, and who is first and last there
                Semaphore free = new Semaphore(underWay);
                for (int i = 0; i < rounds; i++) {
                    Crowd.take(free);
                    Long own = (long) number * rounds + i;
                    BusSession session = engine.session("round");
                    session.add(channel, Long.class, message -> {
                        if (message.equals(own)) {
                            session.end();
                            free.release();
                        }
                    });
                    engine.post(channel, own);
                }
                for (int i = 0; i < underWay; i++) {
                    Crowd.take(free); // a lost message would keep one for ever
                }
            });
            assertThat(engine.bus.channelCount()).isZero();
            assertThat(engine.bus.failureCount()).isZero();
            assertThat(network.subscribed()).isEmpty();
            assertThat(network.inVain()).isZero();
        }
    }

    @Test
    void aHundredThousandSessionsOnOneChannelJoinHearOnceAndLeave() throws Exception {
        int sessions = 100_000;
        List<BusSession> joined = new ArrayList<>(sessions);
        AtomicIntegerArray heard = new AtomicIntegerArray(sessions);
        try (Engine engine = new Engine()) {
            joined.add(engine.session("warm-up"));
            long before = usedMemory();
            CountDownLatch all = new CountDownLatch(sessions);
            for (int i = 0; i < sessions; i++) {
                int number = i;
                BusSession session = engine.session("one of many");
                joined.add(session);
                session.add("c", String.class, message -> {
                    heard.incrementAndGet(number);
                    all.countDown();
                });
            }
            System.out.println("memory of a session that listens: " + (usedMemory() - before) / sessions + " bytes");
            assertThat(engine.bus.listenerCount("c")).isEqualTo(sessions);
            engine.post("c", "hello");
            assertThat(all.await(Crowd.SECONDS, TimeUnit.SECONDS))
                    .as("all heard")
                    .isTrue();
            Crowd.of(2, number -> {
                for (int i = number; i < sessions; i += 2) {
                    joined.get(i).end();
                }
            });
            assertThat(engine.bus.listenerCount("c")).isOne();
            joined.get(sessions).end();
            assertThat(engine.bus.channelCount()).isZero();
        }
        for (int i = 0; i < sessions; i++) {
            assertThat(heard.get(i)).isOne();
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** A listener that looks whether it is called as promised. */
    private static final class Ordered {
        private final AtomicInteger inside;
        private final CountDownLatch missing;
        private final AtomicInteger outOfOrder = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();

        // Mutable state: what only one at a time may touch, and so needs no lock
        private final long[] next = new long[POSTERS];

        Ordered(AtomicInteger insideSession, CountDownLatch missing) {
            this.inside = insideSession;
            this.missing = missing;
        }

        void hear(long[] message) {
            if (inside.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            if (next[(int) message[0]]++ != message[1]) {
                outOfOrder.incrementAndGet();
            }
            inside.decrementAndGet();
            missing.countDown();
        }
    }
}
