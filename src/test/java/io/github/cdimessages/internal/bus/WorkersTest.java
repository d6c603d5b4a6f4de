package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.testing.LogFixture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every task runs once, on no more threads than allowed, whatever the carrier does. */
class WorkersTest {
    private static final int POSTERS = 4;
    private static final int EACH = 250_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyTaskRunsOnceOnNoMoreThreadsThanAllowed(int most) throws Exception {
        AtomicInteger active = new AtomicInteger();
        AtomicInteger mostActive = new AtomicInteger();
        Workers workers = new Workers(threads, most, worker -> () -> {
            mostActive.accumulateAndGet(active.incrementAndGet(), Math::max);
            worker.run();
            active.decrementAndGet();
        });
        everyTaskRunsOnce(workers, EACH);
        assertThat(mostActive.get()).isBetween(1, most);
    }

    /** One task at a time, so that the worker is always about to leave when the next comes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTaskThatComesWhileTheLastWorkerLeavesIsNotForgotten(int most) throws Exception {
        Workers workers = new Workers(threads, most, UnaryOperator.identity());
        for (int i = 0; i < 50_000; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            workers.execute(ran::countDown);
            assertThat(ran.await(Crowd.SECONDS, TimeUnit.SECONDS))
                    .as("task %d", i)
                    .isTrue();
        }
    }

    @Test
    void aCarrierThatNowAndThenRefusesLosesNoTask() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Executor moody = work -> {
            if (asked.incrementAndGet() % 3 == 0) {
                throw new RejectedExecutionException("no room");
            }
            threads.execute(work);
        };
        everyTaskRunsOnce(new Workers(moody, 2, UnaryOperator.identity()), 10_000);
    }

    /** Longer than it is asked again by itself: whoever comes next asks once more, also for those before. */
    @Test
    void aTaskThatWasRefusedForLongRunsWithTheNextOne() throws Exception {
        AtomicBoolean open = new AtomicBoolean();
        Executor closed = work -> {
            if (!open.get()) {
                throw new RejectedExecutionException("no room");
            }
            threads.execute(work);
        };
        Workers workers = new Workers(closed, 2, UnaryOperator.identity());
        CountDownLatch ran = new CountDownLatch(2);
        try (LogFixture log = LogFixture.named(Workers.class.getName())) {
            workers.execute(ran::countDown);
            Engine.await(
                    "it gave up", () -> log.lines().stream().anyMatch(line -> line.contains("'messages.executor'")));
        }
        open.set(true);
        workers.execute(ran::countDown);
        assertThat(ran.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatAnEndedCarrierRefusesRunsAtTheEnd() throws Exception {
        threads.shutdown();
        Workers workers = new Workers(threads, 2, UnaryOperator.identity());
        CountDownLatch before = new CountDownLatch(3);
        CountDownLatch after = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            workers.execute(before::countDown);
        }
        workers.stop(Thread::new);
        assertThat(before.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
        workers.execute(after::countDown);
        assertThat(after.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatDoesNotEndIsInterruptedAtTheEnd() throws Exception {
        threads.shutdown();
        Workers workers = new Workers(threads, 2, UnaryOperator.identity());
        CountDownLatch interrupted = new CountDownLatch(1);
        workers.execute(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        workers.stop(Thread::new);
        assertThat(interrupted.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whenAllWorkersAreStuckTheLogSaysSoOnce() throws Exception {
        CountDownLatch stuck = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        Workers workers = new Workers(threads, 2, UnaryOperator.identity(), new Jam(2, 0));
        try (LogFixture log = LogFixture.named("io.github.cdimessages")) {
            for (int i = 0; i < 2; i++) {
                workers.execute(() -> {
                    stuck.countDown();
                    hold(over);
                });
            }
            assertThat(stuck.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines()).isEmpty();
            for (int i = 0; i < 5; i++) {
                workers.execute(() -> {});
            }
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("all 2 threads", "'messages.workers'"));
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aTaskOfACarrierThatRefusedIsTriedAgain(Throwable refusal) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Executor late = work -> {
            if (asked.incrementAndGet() <= 2) {
                sneak(refusal);
            }
            threads.execute(work);
        };
        CountDownLatch ran = new CountDownLatch(1);
        new Workers(late, 1, UnaryOperator.identity()).execute(ran::countDown);
        assertThat(ran.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aContextThatIsNotReadyYetLosesNoTask(Throwable refusal) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        Workers workers = new Workers(threads, 1, worker -> () -> {
            if (asked.incrementAndGet() <= 2) {
                sneak(refusal);
            }
            worker.run();
        });
        workers.execute(ran::countDown);
        assertThat(ran.await(Crowd.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    static Throwable[] refusals() {
        return new Throwable[] {
            new RejectedExecutionException("no room"),
            new IllegalStateException("the module is not started"),
            new OutOfMemoryError("unable to create native thread")
        };
    }

    private static void everyTaskRunsOnce(Workers workers, int each) throws InterruptedException {
        AtomicIntegerArray runs = new AtomicIntegerArray(POSTERS * each);
        CountDownLatch all = new CountDownLatch(POSTERS * each);
        Crowd.of(POSTERS, number -> {
            for (int i = number * each; i < (number + 1) * each; i++) {
                int task = i;
                workers.execute(() -> {
                    runs.incrementAndGet(task);
                    all.countDown();
                });
            }
        });
        assertThat(all.await(Crowd.SECONDS, TimeUnit.SECONDS))
                .as("all tasks ran")
                .isTrue();
        for (int i = 0; i < runs.length(); i++) {
            assertThat(runs.get(i)).isOne();
        }
    }

    private static void hold(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked") // throws what a carrier may throw, checked or not
    private static <E extends Throwable> void sneak(Throwable problem) throws E {
        throw (E) problem;
    }
}
