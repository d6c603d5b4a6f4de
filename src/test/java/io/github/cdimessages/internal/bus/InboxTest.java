package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.InboxOverflow;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A listener that does not keep up: what waits for it is bounded, what it misses is counted, nobody else waits. */
class InboxTest {
    private static final int LIMIT = 10_000;
    private static final long POSTED = 25_000;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final Semaphore allowed = new Semaphore(0);
    private final List<Object> heard = Collections.synchronizedList(new ArrayList<>());
    private final ChannelListener<Object> slow = message -> {
        reached.countDown();
        allowed.acquire();
        heard.add(message);
    };

    @Test
    void theOldestAreDroppedAndCountedWhileOthersAreServed() throws Exception {
        try (Engine engine = new Engine(LIMIT, OverflowPolicy.DROP_OLDEST, null)) {
            engine.session("slow").add("c", Long.class, slow);
            flood(engine);
            // the first was in the listener's hands; the others had to make room
            assertThat(heardInTheEnd(LIMIT + 1)).hasSize(LIMIT + 1).startsWith(1L, POSTED - LIMIT + 1);
            dropsAre(engine, POSTED - LIMIT - 1);
        }
    }

    @Test
    void dropsAreAnnouncedWhileEveryWorkerIsStuck() throws Exception {
        try (Engine engine = new Engine(10, OverflowPolicy.DROP_OLDEST, null)) {
            CountDownLatch stuck = new CountDownLatch(Engine.WORKERS);
            for (int i = 0; i < Engine.WORKERS; i++) {
                engine.session("slow " + i).add("c", Long.class, message -> {
                    stuck.countDown();
                    allowed.acquire();
                });
            }
            engine.post("c", 0L);
            stuck.await();
            for (long i = 1; i <= 11; i++) {
                engine.post("c", i);
            }
            dropsAre(engine, Engine.WORKERS);
            allowed.release(1_000);
        }
    }

    @Test
    void theNewestAreDroppedAndCountedWhileOthersAreServed() throws Exception {
        try (Engine engine = new Engine(LIMIT, OverflowPolicy.DROP_NEWEST, null)) {
            engine.session("slow").add("c", Long.class, slow);
            flood(engine);
            assertThat(heardInTheEnd(LIMIT + 1))
                    .isEqualTo(LongStream.rangeClosed(1, LIMIT + 1).boxed().toList());
            dropsAre(engine, POSTED - LIMIT - 1);
        }
    }

    @Test
    void anOverloadedSessionIsClosedAndAllThatItMissesIsCounted() throws Exception {
        try (Engine engine = new Engine(LIMIT, OverflowPolicy.CLOSE_SESSION, null)) {
            CountDownLatch goOn = engine.helpNobody(); // until then messages come that nobody hears any more
            CountDownLatch closed = new CountDownLatch(1);
            BusSession session = engine.bus.openExclusive("slow", closed::countDown);
            Subscription subscription = session.add("c", Long.class, slow);
            flood(engine);
            assertThat(heardInTheEnd(1)).containsExactly(1L);
            goOn.countDown();
            dropsAre(engine, POSTED - 1);
            closed.await();
            assertThat(subscription.isActive()).isFalse();
            assertThat(engine.bus.listenerCount("c")).isOne();
            engine.post("c", POSTED);
            dropsAre(engine, POSTED - 1);
        }
    }

    /** A callback waits for the listener of its session, but not for ever where that has ended: so it ends first. */
    @Test
    void anOverloadedSessionHasEndedWhenItIsClosed() throws Exception {
        try (Engine engine = new Engine(1, OverflowPolicy.CLOSE_SESSION, null)) {
            BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
            BusSession[] session = new BusSession[1];
            session[0] = engine.bus.openExclusive("slow", () -> ended.add(session[0].isEnded()));
            session[0].add("c", Long.class, slow);
            engine.post("c", 1L);
            reached.await();
            engine.post("c", 2L);
            engine.post("c", 3L);
            assertThat(ended.take()).isTrue();
        }
    }

    @Test
    void nobodyWaitsForSessionsThatAreSlowToClose() throws Exception {
        Semaphore closing = new Semaphore(0);
        Semaphore heardByAnother = new Semaphore(0);
        CountDownLatch allReached = new CountDownLatch(Engine.WORKERS);
        try (Engine engine = new Engine(1, OverflowPolicy.CLOSE_SESSION, null)) {
            engine.session("quick").add("d", Long.class, message -> heardByAnother.release());
            for (int i = 0; i < Engine.WORKERS; i++) {
                BusSession session = engine.bus.openExclusive("slow " + i, closing::acquireUninterruptibly);
                session.add("c", Long.class, message -> {
                    allReached.countDown();
                    allowed.acquire();
                });
            }
            engine.post("c", 1L);
            allReached.await();
            engine.post("c", 2L);
            engine.post("c", 3L);
            allowed.release(Engine.WORKERS);
            Engine.await("all are being closed", () -> closing.getQueueLength() == Engine.WORKERS);
            engine.post("d", 4L);
            Crowd.take(heardByAnother);
            closing.release(Engine.WORKERS);
        }
    }

    @Test
    void theApplicationIsNotClosedBecauseAListenerOfItIsSlow() throws Exception {
        try (Engine engine = new Engine(10, OverflowPolicy.CLOSE_SESSION, null)) {
            Semaphore observed = new Semaphore(0);
            engine.bus.application().add("c", Long.class, slow);
            engine.bus.observe("c", Long.class, message -> {
                allowed.acquire();
                observed.release();
            });
            for (long i = 1; i <= 100; i++) {
                engine.post("c", i);
            }
            allowed.release(1_000);
            Engine.await("rest", () -> heard.contains(100L) && observed.availablePermits() >= 10);
            assertThat(engine.bus.application().isEnded()).isFalse();
            assertThat(engine.bus.listenerCount("c")).isOne();
        }
    }

    @Test
    void aFullInboxLetsOthersHaveTheirTurn() throws Exception {
        int many = 1_000;
        try (Engine engine = new Engine(1, LIMIT, OverflowPolicy.DROP_OLDEST, null)) {
            BlockingQueue<Integer> heardBefore = new LinkedBlockingQueue<>();
            engine.session("other").add("d", Long.class, message -> heardBefore.add(heard.size()));
            engine.session("busy").add("c", Long.class, message -> {
                slow.onMessage(message);
                if (message.equals(1L)) {
                    engine.post("d", 0L);
                }
            });
            for (long i = 1; i <= many; i++) {
                engine.post("c", i);
            }
            assertThat(heardInTheEnd(many)).hasSize(many);
            assertThat(heardBefore.take()).isLessThan(many);
        }
    }

    @Test
    void aDropIsCountedForTheChannelOfTheLostMessage() throws Exception {
        try (Engine engine = new Engine(3, OverflowPolicy.DROP_OLDEST, null)) {
            BusSession session = engine.session("slow");
            session.add("a", Long.class, slow);
            session.add("b", Long.class, slow);
            Subscription removed = session.add("removed", Long.class, slow);
            engine.post("a", 1L);
            reached.await();
            engine.post("removed", 2L);
            removed.close(); // nobody misses what waits for it
            engine.post("a", 3L);
            engine.post("a", 4L);
            for (long i = 5; i <= 7; i++) {
                engine.post("b", i);
            }
            assertThat(heardInTheEnd(4)).isEqualTo(List.of(1L, 5L, 6L, 7L));
            dropsAre(engine, 2);
            assertThat(engine.announced())
                    .allSatisfy(event ->
                            assertThat(((InboxOverflow) event).channel()).isEqualTo("a"));
        }
    }

    /** Posts many while the slow listener is stuck with the first; another one hears all of them nevertheless. */
    private void flood(Engine engine) throws InterruptedException {
        Semaphore others = new Semaphore(0);
        BusSession quick = engine.session("quick");
        quick.add("c", Long.class, message -> others.release());
        for (long i = 1; i <= POSTED; i++) {
            engine.post("c", i);
            reached.await();
            long posted = i;
            if (i % 1_000 == 0) { // it must not overflow itself
                Engine.await("another's messages", () -> others.availablePermits() == posted);
            }
        }
        Engine.await("another's messages", () -> others.availablePermits() == POSTED);
        assertThat(engine.mostThreads()).isLessThanOrEqualTo(Engine.WORKERS);
    }

    private List<Object> heardInTheEnd(int count) {
        allowed.release(1_000_000);
        Engine.await("rest", () -> heard.size() >= count);
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    private static void dropsAre(Engine engine, long count) {
        Engine.await("announcements", () -> engine.announcedDrops() >= count);
        assertThat(engine.announcedDrops()).isEqualTo(count);
        assertThat(engine.bus.failureCount()).isEqualTo(count);
    }
}
