package io.github.cdimessages.testing;

import io.github.cdimessages.ChannelListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A listener that remembers what it has heard. */
public class Heard<T> implements ChannelListener<T> {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    // Mutable state, guarded by this object's monitor
    private final List<T> all = new ArrayList<>();

    @Override
    public synchronized void onMessage(T message) {
        all.add(message);
        notifyAll();
    }

    public synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** Waits until so many messages have come. */
    public synchronized void await(int count) {
        long end = System.nanoTime() + PATIENCE;
        while (all.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("expected " + count + " messages, heard " + all.size() + ": " + all);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for " + count + " messages", e);
            }
        }
    }
}
