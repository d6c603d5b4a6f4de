package io.github.cdimessages.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.awaitility.Awaitility;

/** A subscriber that remembers what it has got; asks for so much at first, and later when it is told to. */
public class Taken<T> implements Flow.Subscriber<T> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final long atFirst;

    // Mutable state, guarded by this object's monitor
    private final List<T> all = new ArrayList<>();
    private Flow.Subscription subscription;
    private Throwable problem;
    private int ends;

    public Taken(long atFirst) {
        this.atFirst = atFirst;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        if (atFirst > 0) {
            given.request(atFirst);
        }
    }

    @Override
    public synchronized void onNext(T message) {
        if (ends > 0) {
            throw new AssertionError("a message after the end: " + message);
        }
        all.add(message);
    }

    @Override
    public synchronized void onError(Throwable given) {
        problem = given;
        ends++;
    }

    @Override
    public synchronized void onComplete() {
        ends++;
    }

    public synchronized List<T> all() {
        return List.copyOf(all);
    }

    public synchronized Throwable problem() {
        return problem;
    }

    /** How many times it was told that nothing comes any more: once, if all is well. */
    public synchronized int ends() {
        return ends;
    }

    public synchronized int size() {
        return all.size();
    }

    /** What it was given to ask with; waits for it. */
    public Flow.Subscription subscription() {
        return Awaitility.await("a subscription").atMost(PATIENCE).until(this::given, given -> given != null);
    }

    public void await(int count) {
        Awaitility.await("messages taken").atMost(PATIENCE).until(() -> size() >= count);
    }

    public void awaitEnd() {
        Awaitility.await("the end of the stream").atMost(PATIENCE).until(() -> ends() > 0);
    }

    private synchronized Flow.Subscription given() {
        return subscription;
    }
}
