package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks and listeners of one session exclude each other, and whoever has to wait is not forgotten. */
class TurnTest {
    private final Engine engine = new Engine();
    private final BusSession session = engine.bus.openExclusive("socket", SessionOwner.NOBODY);

    // Mutable state: what only one at a time may touch, and so needs no lock
    private int inside;
    private int entries;
    private final AtomicInteger overlaps = new AtomicInteger();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void callbacksAndListenersNeverOverlapAndNoneIsForgotten() throws Exception {
        int each = 100_000;
        CountDownLatch heard = new CountDownLatch(2 * each);
        session.add("c", Long.class, message -> {
            enter();
            heard.countDown();
        });
        Crowd.of(4, number -> {
            for (long i = 0; i < each; i++) {
                if (number < 2) {
                    engine.post("c", i);
                } else {
                    session.call(this::enter);
                }
            }
        });
        Engine.await("messages heard", () -> heard.getCount() == 0);
        session.call(() -> {
            assertThat(entries).isEqualTo(4 * each);
            return null;
        });
        assertThat(overlaps).hasValue(0);
    }

    /** Each message comes while a callback is about to give the turn back, and nothing follows that would help. */
    @Test
    void aMessageThatComesAtTheEndOfACallbackIsHeard() throws Exception {
        Semaphore heard = new Semaphore(0);
        session.add("c", Long.class, message -> {
            enter();
            heard.release();
        });
        for (long i = 0; i < 20_000; i++) {
            long message = i;
            session.call(() -> {
                engine.post("c", message);
                return enter();
            });
            Crowd.take(heard);
        }
        assertThat(overlaps).hasValue(0);
    }

    /** The same with callbacks of two threads, one of which waits for the other and for the listener. */
    @Test
    void aMessageBetweenTwoCallbacksIsHeard() throws Exception {
        Semaphore heard = new Semaphore(0);
        Semaphore go = new Semaphore(0);
        int rounds = 10_000;
        session.add("c", Long.class, message -> {
            enter();
            heard.release();
        });
        Crowd.of(2, number -> {
            for (long i = 0; i < rounds; i++) {
                if (number == 0) {
                    go.release();
                    engine.post("c", i);
                    session.call(this::enter);
                    Crowd.take(heard);
                } else {
                    Crowd.take(go);
                    session.call(this::enter);
                }
            }
        });
        assertThat(overlaps).hasValue(0);
    }

    /** The two moments at which a callback may end while the listener steps aside, each made to happen. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallbackThatEndsWhileTheListenerStepsAsideForgetsNoMessage(boolean beforeItHasSteppedAside) throws Exception {
        AtomicReference<BusSession> called = new AtomicReference<>();
        AtomicBoolean busy = new AtomicBoolean(true);
        Turn turn = new Turn() {
            @Override
            boolean tryTake() {
                return !busy.get() || (beforeItHasSteppedAside && end());
            }

            @Override
            boolean isTaken() {
                return busy.get() && !end();
            }

            /** The callback gives the turn back and resumes the inbox; whoever asked has seen it taken. */
            private boolean end() {
                busy.set(false);
                try {
                    called.get().call(() -> null);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return false;
            }
        };
        called.set(new BusSession(engine.bus, "socket", turn, SessionOwner.NOBODY));
        Semaphore heard = new Semaphore(0);
        called.get().add("c", Long.class, message -> heard.release());
        engine.post("c", 1L);
        Crowd.take(heard);
        assertThat(busy).isFalse();
    }

    /** A message comes when the worker has found nothing more and still has the turn: the next one steps aside. */
    @Test
    void aWorkerThatLeavesWhileTheNextOneComesForgetsNoMessage() throws Exception {
        CountDownLatch steppedAside = new CountDownLatch(1);
        Semaphore heard = new Semaphore(0);
        Turn turn = new Turn() {
            private final Turn lock = new Exclusive();
            private final AtomicInteger taken = new AtomicInteger();

            @Override
            boolean tryTake() {
                boolean took = lock.tryTake();
                taken.addAndGet(took ? 1 : 0);
                return took;
            }

            @Override
            void giveBack() {
                if (taken.get() == 2) { // the first was for the message, this one found nothing
                    taken.incrementAndGet();
                    engine.post("c", 2L);
                    awaitUninterruptibly(steppedAside);
                }
                lock.giveBack();
            }

            @Override
            boolean isTaken() {
                boolean isTaken = lock.isTaken();
                steppedAside.countDown();
                return isTaken;
            }
        };
        new BusSession(engine.bus, "socket", turn, SessionOwner.NOBODY)
                .add("c", Long.class, message -> heard.release());
        engine.post("c", 1L);
        Crowd.take(heard);
        Crowd.take(heard);
    }

    @Test
    void aListenerThatCallsItsOwnSessionBackDoesNotWaitForItself() throws Exception {
        Semaphore done = new Semaphore(0);
        session.add("c", Long.class, message -> {
            session.call(() -> {
                session.end();
                return null;
            });
            done.release();
        });
        engine.post("c", 1L);
        Crowd.take(done);
        assertThat(engine.bus.channelCount()).isZero();
    }

    /** What is stuck for ever must not keep the application from ending. */
    @Test
    void aCallbackOfAnEndedSessionRunsBesideAListenerThatIsStuck() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        BusSession ending = new BusSession(engine.bus, "socket", new Turn.Exclusive(50), SessionOwner.NOBODY);
        ending.add("c", Long.class, message -> {
            stuck.countDown();
            awaitUninterruptibly(over);
        });
        engine.post("c", 1L);
        awaitUninterruptibly(stuck);
        ending.end();
        assertThat(ending.call(() -> "destroyed")).isEqualTo("destroyed");
        assertThat(over.getCount()).as("the listener is still stuck").isOne();
        over.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Object enter() {
        if (++inside != 1) {
            overlaps.incrementAndGet();
        }
        entries++;
        inside--;
        return "done";
    }
}
