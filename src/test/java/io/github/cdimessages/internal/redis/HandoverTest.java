package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.internal.bus.Stages;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that waits for a post completes it, and needs no other. */
@Timeout(120)
class HandoverTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private final Budget budget = new Budget(1_000, 1_000_000);
    private final Settlement settlement = new Settlement(
            task -> {
                asked.incrementAndGet();
                threads.execute(task);
            },
            budget);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whatIsAttachedRunsOnTheThreadThatWaits() throws Exception {
        Post post = post();
        CompletableFuture<Thread> ran = post.stage.thenApply(done -> Thread.currentThread());
        Thread waiting = waiting(ran::join);
        settlement.answered(List.of(post));
        assertThat(ran.get(10, SECONDS)).isSameAs(waiting);
        assertThat(asked).hasValue(0);
        assertThatReleased();
    }

    @Test
    void soDoesWhatUsersOfTheBusGet() throws Exception {
        Post post = post();
        CompletableFuture<String> given =
                Stages.then(post.stage, "reached", problem -> {}).toCompletableFuture();
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        CompletableFuture<Void> attached = given.thenAccept(done -> ran.complete(Thread.currentThread()));
        Thread waiting = waiting(given::join);
        settlement.answered(List.of(post));
        assertThat(ran.get(10, SECONDS)).isSameAs(waiting);
        attached.get(10, SECONDS);
        assertThat(asked).hasValue(0);
        assertThatReleased();
    }

    @Test
    void theOthersWhoWaitAreWokenByTheFirst() throws Exception {
        Post post = post();
        CompletableFuture<String> stage = post.stage.thenApply(done -> "accepted");
        List<FutureTask<String>> tasks = List.of(
                new FutureTask<>(stage::join),
                new FutureTask<>(stage::get),
                new FutureTask<>(() -> stage.get(60, SECONDS)));
        tasks.forEach(HandoverTest::waiting);
        settlement.answered(List.of(post));
        for (FutureTask<String> task : tasks) {
            assertThat(task.get(10, SECONDS)).isEqualTo("accepted");
        }
        assertThatReleased();
    }

    /** The answer, the end of the time, and a second thread that waits meet in every order. */
    @Test
    void eachPostIsSettledOnceHoweverItsWaitEnds() throws Exception {
        int rounds = 20_000;
        Random random = new Random(17);
        CyclicBarrier start = new CyclicBarrier(2);
        AtomicInteger settled = new AtomicInteger();
        int tooLate = 0;
        for (int round = 0; round < rounds; round++) {
            Post post = post();
            CompletableFuture<Integer> stage = post.stage.thenApply(done -> settled.incrementAndGet());
            FutureTask<Void> answer = new FutureTask<>(() -> {
                start.await();
                settlement.answered(List.of(post));
                return null;
            });
            threads.execute(answer);
            start.await();
            try {
                stage.get(random.nextInt(30_000), NANOSECONDS);
            } catch (TimeoutException e) {
                tooLate++;
            }
            stage.get(10, SECONDS);
            answer.get(10, SECONDS);
            assertThat(settled).hasValue(round + 1);
        }
        assertThatReleased();
        assertThat(tooLate).as("times that a wait was over first").isBetween(1, rounds - 1);
        assertThat(asked.get()).as("times that nobody waited").isBetween(1, rounds - 1);
    }

    @Test
    void whoCompletesTheStageByHandWakesWhoWaits() throws Exception {
        CompletableFuture<String> stage = post().stage.thenApply(done -> "accepted");
        FutureTask<String> task = new FutureTask<>(stage::join);
        waiting(task);
        stage.complete("by hand");
        assertThat(task.get(10, SECONDS)).isEqualTo("by hand");
    }

    @Test
    void anInterruptEndsAWaitAndThePostGoesTheLongWay() throws Exception {
        Post post = post();
        CompletableFuture<String> stage = post.stage.thenApply(done -> "accepted");
        FutureTask<String> task = new FutureTask<>(stage::get);
        waiting(task).interrupt();
        assertThatThrownBy(() -> task.get(10, SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        settlement.answered(List.of(post));
        assertThat(stage.get(10, SECONDS)).isEqualTo("accepted");
        assertThatReleased();
    }

    @Test
    void aWaitInAPoolOfForksMakesRoomForWhatItWaitsFor() throws Exception {
        Post post = post();
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            CountDownLatch begun = new CountDownLatch(1);
            ForkJoinTask<?> waiting = pool.submit(() -> {
                begun.countDown();
                post.stage.join();
            });
            begun.await();
            pool.submit(() -> settlement.answered(List.of(post))).get(10, SECONDS);
            waiting.get(10, SECONDS);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aChainOfStagesDoesNotKeepItsFirst() {
        assertThat(post().stage.thenApply(done -> 1).thenApply(one -> 2)).isExactlyInstanceOf(CompletableFuture.class);
    }

    /** A thread that does something and has begun to wait. */
    private static Thread waiting(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        await().until(() ->
                thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private Post post() {
        Post post = new Post(new byte[1], new byte[1], true, 0, 0);
        assertThat(budget.reserve(post.size())).isTrue();
        return post;
    }

    private void assertThatReleased() throws InterruptedException {
        budget.awaitEmpty(SECONDS.toNanos(10));
        assertThat(budget.reserve(1_000_000)).as("all of the budget").isTrue();
    }
}
