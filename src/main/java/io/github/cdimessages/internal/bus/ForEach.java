package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a stream's messages one by one: the next when what is done with the last one is done. */
final class ForEach<T> implements Flow.Subscriber<T> {
    private final Object named;
    private final Action<T> action;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    // Mutable state: written in the first signal, before all others
    private @Nullable Emission<?> emission;
    /** What the action gave for the last message; written and read in signals alone, which are serial. */
    private CompletionStage<?> last = CompletableFuture.completedFuture(null);

    private ForEach(Object named, Action<T> action) {
        this.named = named;
        this.action = action;
    }

    static <T> CompletionStage<Void> of(ChannelStream<T> stream, Object named, Action<T> action) {
        ForEach<T> subscriber = new ForEach<>(named, action);
        stream.subscribe(subscriber);
        return subscriber.done.minimalCompletionStage();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        emission = (Emission<?>) subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(T message) {
        Emission<?> giver = requireNonNull(emission);
        ChannelEvent event = giver.current();
        try {
            CompletionStage<?> taken = action.take(message);
            last = taken;
            taken.whenComplete((nothing, problem) -> {
                if (problem == null) {
                    giver.request(1);
                } else {
                    fail(giver, event, problem);
                }
            });
        } catch (Throwable e) {
            fail(giver, event, e);
        }
    }

    @Override
    public void onError(Throwable problem) {
        done.completeExceptionally(problem);
    }

    /** The end may come while the last message is still being taken: nothing asks for one more. */
    @Override
    public void onComplete() {
        last.whenComplete((nothing, problem) -> {
            if (problem == null) {
                done.complete(null);
            }
        });
    }

    private void fail(Emission<?> giver, @Nullable ChannelEvent event, Throwable problem) {
        giver.fail(named, event, problem);
        done.completeExceptionally(problem);
    }

    /** What is done with a message. */
    interface Action<T> {
        CompletionStage<?> take(T message) throws Exception;
    }
}
