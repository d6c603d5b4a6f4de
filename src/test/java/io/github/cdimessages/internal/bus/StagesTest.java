package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a user gets from the stages of the library. */
class StagesTest {
    private final MessagesException problem = new MessagesException("provoked");

    @Test
    void aFailedPostTellsItsProblemAsItIs() throws Exception {
        FakeTransport network = new FakeTransport();
        try (Engine engine = new Engine(100, OverflowPolicy.DROP_OLDEST, network)) {
            network.answerBy(CompletableFuture.failedFuture(problem), () -> {});

            CompletableFuture<Throwable> told = new CompletableFuture<>();
            engine.bus.post("c", "1", Reach.GLOBAL).whenComplete((posted, failure) -> told.complete(failure));

            assertThat(told.get()).isSameAs(problem);
        }
    }

    @Test
    void whatFollowsAnotherStageTellsItsProblemAsItIs() throws Exception {
        CompletableFuture<String> first = CompletableFuture.failedFuture(problem);

        CompletableFuture<Throwable> told = new CompletableFuture<>();
        List<Throwable> before = new ArrayList<>();
        Stages.then(first.thenApply(String::length), "result", before::add)
                .whenComplete((done, failure) -> told.complete(failure));

        assertThat(told.get()).isSameAs(problem);
        assertThat(before).containsExactly(problem);
    }

    @Test
    void whatFollowsAStageHasTheResult() {
        CompletableFuture<Integer> first = CompletableFuture.completedFuture(1);

        assertThat(Stages.then(first, "result", problem -> {})).isCompletedWithValue("result");
    }
}
