package io.github.cdimessages.internal.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a post, or what is made of it for the poster: a {@link CompletableFuture} for which a thread waits by
 * way of the {@link Handover}. What is made of the latter is an ordinary one: a chain of stages that goes on for ever
 * would else keep its first.
 */
final class Receipt<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Handover handover;
    private final boolean isFirst;

    // Mutable state: volatile; set by a thread that waits, twice does no harm
    private volatile boolean wakes;

    private Receipt(Handover handover, boolean isFirst) {
        this.handover = handover;
        this.isFirst = isFirst;
    }

    /** The stage of a post, which nobody but its {@link Settlement} completes. */
    static Receipt<Void> of(Handover handover) {
        return new Receipt<>(handover, true);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return isFirst ? new Receipt<>(handover, false) : new CompletableFuture<>();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        await(0);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        long since = System.nanoTime();
        if (nanos > 0) {
            await(nanos);
        }
        return super.get(nanos - (System.nanoTime() - since), TimeUnit.NANOSECONDS);
    }

    @Override
    public T join() {
        await(0);
        return super.join();
    }

    private void await(long nanos) {
        if (isDone()) {
            return;
        }
        if (!isFirst && !wakes) {
            wakes = true;
            CompletableFuture<T> unused = whenComplete((value, problem) -> handover.look()); // by its poster's own hand
        }
        handover.await(this, nanos);
    }
}
