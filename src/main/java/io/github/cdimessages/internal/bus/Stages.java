package io.github.cdimessages.internal.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What is done with stages. */
public final class Stages {
    private Stages() {}

    /**
     * Gives a stage that has a result when the other is done, and otherwise fails with what went wrong itself. One made
     * by {@code thenApply} would wrap that, so that its user reads the name of a class before the message.
     */
    public static <R> CompletionStage<R> then(CompletionStage<?> stage, R result) {
        CompletableFuture<R> then = new CompletableFuture<>();
        stage.whenComplete((done, problem) -> {
            if (problem == null) {
                then.complete(result);
            } else {
                then.completeExceptionally(unwrapped(problem));
            }
        });
        return then;
    }

    static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }
}
