package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.PostInDoubtException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the application attaches to its posts may wait for other posts. */
class SettlementTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Budget budget = new Budget(100, 1_000_000);
    private final Settlement settlement = new Settlement(threads, budget);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aPosterMayWaitForALaterPostOfTheSameBatch() throws Exception {
        Post first = post();
        Post second = post();
        CompletableFuture<Void> waiting = first.stage.thenRun(second.stage::join);
        settlement.answered(List.of(first, second));
        waiting.get(10, SECONDS);
        assertThatReleased();
    }

    @Test
    void eachOfManyPostsMayWaitForTheNextOne() throws Exception {
        List<Post> posts = IntStream.range(0, 20).mapToObj(i -> post()).toList();
        List<CompletableFuture<Void>> waiting = IntStream.range(0, 19)
                .mapToObj(i -> posts.get(i).stage.thenRun(posts.get(i + 1).stage::join))
                .toList();
        settlement.answered(posts);
        CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(10, SECONDS);
        assertThatReleased();
    }

    @Test
    void aPosterMayWaitForAPostOfALaterBatch() throws Exception {
        Post first = post();
        Post second = post();
        CompletableFuture<Void> waiting = first.stage.thenRun(second.stage::join);
        settlement.answered(List.of(first));
        settlement.answered(List.of(second));
        waiting.get(10, SECONDS);
        assertThatReleased();
    }

    @Test
    void whoeverIsToldThatTheTimeIsOverMayWaitForAnotherSuchPost() throws Exception {
        Post first = post();
        Post second = post();
        CompletableFuture<Void> waiting = first.stage.handle((done, problem) -> second.stage.join());
        settlement.overdue(List.of(first, second), 1, "provoked");
        assertThatThrownBy(() -> waiting.get(10, SECONDS)).hasRootCauseInstanceOf(PostInDoubtException.class);
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
