package io.github.cdimessages.internal.bus;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that a message posted with {@code AUTO} reaches this server once: by its echo from the network, or at once
 * where the network failed, whichever is first.
 */
final class AutoPosts {
    /** Fallen-back messages whose echo is still refused; Redis may have taken them just before the link broke. */
    private static final int REMEMBERED = 10_000;

    // Mutable state: each entry of the map changes inside compute alone; the queue is guarded by its own monitor
    private final ConcurrentHashMap<Long, State> states = new ConcurrentHashMap<>();
    private final Queue<Long> fallen = new ArrayDeque<>();

    private enum State {
        SENT,
        ECHOED,
        FELL_BACK
    }

    void sent(long sequence) {
        states.put(sequence, State.SENT);
    }

    /** The network has accepted it: its echo comes or has come. */
    void confirmed(long sequence) {
        states.remove(sequence);
    }

    /** Its echo is here; tells whether to deliver it. */
    boolean echoed(long sequence) {
        State before = states.get(sequence);
        if (before == null) {
            return true; // the usual case: another reach, or confirmed
        }
        return states.computeIfPresent(
                        sequence, (key, state) -> state == State.FELL_BACK ? State.FELL_BACK : State.ECHOED)
                != State.FELL_BACK;
    }

    /** It was not sent and will not be, so no echo can come; tells whether to deliver it here now. */
    boolean unsent(long sequence) {
        return states.remove(sequence) != State.ECHOED;
    }

    /** It may have been sent, so that an echo may come late, by recovery; tells whether to deliver it here now. */
    boolean inDoubt(long sequence) {
        State after = states.computeIfPresent(sequence, (key, state) -> state == State.ECHOED ? null : State.FELL_BACK);
        if (after == null) {
            return false;
        }
        synchronized (fallen) {
            fallen.add(sequence);
            if (fallen.size() > REMEMBERED) {
                states.remove(fallen.remove());
            }
        }
        return true;
    }
}
