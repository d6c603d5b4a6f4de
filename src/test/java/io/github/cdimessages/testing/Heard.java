package io.github.cdimessages.testing;

import io.github.cdimessages.ChannelListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A listener that remembers what it has heard. */
public class Heard<T> implements ChannelListener<T> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // Mutable state, guarded by this object's monitor
    private final List<T> all = new ArrayList<>();

    @Override
    public synchronized void onMessage(T message) {
        all.add(message);
    }

    public synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** Waits until so many messages have come. */
    public void await(int count) {
        Awaitility.await("messages heard").atMost(PATIENCE).until(() -> size() >= count);
    }

    private synchronized int size() {
        return all.size();
    }
}
