package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries in a row that grows by doubling; it exists only while an inbox has something pending. */
final class Ring {
    private static final int FIRST = 8;

    // Mutable state, guarded by the monitor of the inbox that owns this ring.
    // Each delivery takes two places, listener and event, so that none costs an object of its own
    private @Nullable Object[] places = new @Nullable Object[2 * FIRST];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(Registration registration, ChannelEvent event) {
        if (2 * size == places.length) {
            grow();
        }
        int tail = (head + 2 * size) % places.length;
        places[tail] = registration;
        places[tail + 1] = event;
        size++;
    }

    /** Takes the oldest delivery into a slot of two; tells whether there was one. */
    boolean take(@Nullable Object[] slot) {
        if (size == 0) {
            return false;
        }
        slot[0] = places[head];
        slot[1] = places[head + 1];
        places[head] = null;
        places[head + 1] = null;
        head = (head + 2) % places.length;
        size--;
        return true;
    }

    /** Takes so many of the oldest and gives those whose listeners will miss them: the others were removed. */
    List<ChannelEvent> drop(int count) {
        List<ChannelEvent> missed = new ArrayList<>(count);
        @Nullable Object[] slot = new @Nullable Object[2];
        for (int i = 0; i < count && take(slot); i++) {
            if (slot[0] instanceof Registration registration && registration.isActive()) {
                missed.add((ChannelEvent) requireNonNull(slot[1]));
            }
        }
        return missed;
    }

    private void grow() {
        @Nullable Object[] larger = Arrays.copyOf(places, 2 * places.length);
        // what had wrapped around to the front follows what stands behind it
        System.arraycopy(places, 0, larger, places.length, head);
        Arrays.fill(larger, 0, head, null);
        places = larger;
    }
}
