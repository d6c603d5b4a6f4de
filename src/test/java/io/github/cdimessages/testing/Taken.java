package io.github.cdimessages.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A subscriber that remembers what it has got; asks for so much at first, and later when it is told to. */
public class Taken<T> implements Flow.Subscriber<T> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long atFirst;

    // Mutable state, guarded by this object's monitor
    private final List<T> all = new ArrayList<>();
    private Flow.Subscription subscription;
    private Throwable problem;
    private int ends;

    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    public Taken(long atFirst) {
        this.atFirst = atFirst;
    }

    @Override
    public void onSubscribe(Flow.Subscription fresh) {
        synchronized (this) {
            subscription = fresh;
        }
        given.countDown();
        if (atFirst > 0) {
            fresh.request(atFirst);
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
    public synchronized void onError(Throwable thrown) {
        problem = thrown;
        ends++;
        ended.countDown();
    }

    @Override
    public synchronized void onComplete() {
        ends++;
        ended.countDown();
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
        awaitAtMost(given);
        synchronized (this) {
            return subscription;
        }
    }

    public void await(int count) {
        Awaitility.await("messages taken").atMost(PATIENCE).until(() -> size() >= count);
    }

    public void awaitEnd() {
        awaitAtMost(ended);
    }

    /** Without polling: races are repeated a hundred thousand times. */
    private static void awaitAtMost(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came in " + PATIENCE);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
