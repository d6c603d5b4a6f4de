package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.OverflowPolicy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What has arrived in a stream and was not taken yet: bounded, and idle next to nothing. */
final class StreamBuffer {
    final int capacity;
    private final OverflowPolicy policy;

    // Mutable state, guarded by the monitor of the stream that owns this buffer
    /** Exists only while something waits. */
    private @Nullable Queue<ChannelEvent> waiting;

    private boolean closed;
    private boolean broken;

    StreamBuffer(int capacity, OverflowPolicy policy) {
        this.capacity = capacity;
        this.policy = policy;
    }

    /** Keeps a message, or does what the policy says if there is no room; gives how many are dropped. */
    long offer(ChannelEvent event) {
        if (closed) {
            return 0;
        }
        Queue<ChannelEvent> queue = waiting == null ? new ArrayDeque<>() : waiting;
        waiting = queue;
        if (queue.size() < capacity) {
            queue.add(event);
            return 0;
        }
        return switch (policy) {
            case DROP_OLDEST -> {
                queue.remove();
                queue.add(event);
                yield 1;
            }
            case DROP_NEWEST -> 1;
            case CLOSE_SESSION -> {
                broken = true;
                discard();
                yield queue.size() + 1L;
            }
        };
    }

    /** Takes the oldest message. */
    @Nullable
    ChannelEvent poll() {
        if (waiting == null) {
            return null;
        }
        ChannelEvent oldest = waiting.poll();
        if (waiting.isEmpty()) {
            waiting = null;
        }
        return oldest;
    }

    /** Keeps no more. */
    void close() {
        closed = true;
    }

    /** Keeps no more, and forgets what is in it. */
    void discard() {
        closed = true;
        waiting = null;
    }

    boolean isEmpty() {
        return waiting == null;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether nothing will come out any more. */
    boolean isDrained() {
        return closed && waiting == null;
    }

    /** Whether it was closed because there was no room. */
    boolean isBroken() {
        return broken;
    }
}
