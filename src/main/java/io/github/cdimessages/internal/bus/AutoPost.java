package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import org.jspecify.annotations.Nullable;

/** A message that was posted with {@code AUTO} and handed to the network, until all is known of it. */
final class AutoPost {
    final long sequence;
    final Lane lane;
    final int size;

    // Mutable state: guarded by the monitor of AutoPosts
    /** What is heard here if the network fails; null once the message was heard, in whatever way. */
    @Nullable
    ChannelEvent fallback;

    /** Whether it came back from the network and was heard so. */
    boolean echoed;
    /** When the network accepted it, 0 before. */
    long confirmedAt;

    /** Messages that keep their order: those of one thread to one channel. */
    record Lane(String channel, long thread) {}

    AutoPost(long sequence, ChannelEvent fallback, int size) {
        this.sequence = sequence;
        this.lane = laneOf(fallback.channel());
        this.fallback = fallback;
        this.size = size;
    }

    /** The lane of what this thread posts to a channel. */
    static Lane laneOf(String channel) {
        return new Lane(channel, Thread.currentThread().getId());
    }

    boolean isHeard() {
        return fallback == null;
    }
}
