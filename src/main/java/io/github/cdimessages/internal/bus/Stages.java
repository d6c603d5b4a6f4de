package io.github.cdimessages.internal.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What is done with stages. */
public final class Stages {
    private Stages() {}

    /**
     * Gives a stage that has a result when the other is done, and otherwise fails with what went wrong itself. One made
     * by {@code thenApply} would wrap that, so that its user reads the name of a class before the message. It is of the
     * other's kind, which may know a short way to a thread that waits for it.
     *
     * @param failing is told what went wrong, before the stage fails
     */
    public static <R> CompletionStage<R> then(CompletionStage<?> stage, R result, Consumer<Throwable> failing) {
        CompletableFuture<R> then =
                stage instanceof CompletableFuture<?> future ? future.newIncompleteFuture() : new CompletableFuture<>();
        stage.whenComplete((done, problem) -> {
            if (problem == null) {
                then.complete(result);
                return;
            }
            Throwable cause = unwrapped(problem);
            try {
                failing.accept(cause);
            } finally {
                then.completeExceptionally(cause);
            }
        });
        return then;
    }

    static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }
}
