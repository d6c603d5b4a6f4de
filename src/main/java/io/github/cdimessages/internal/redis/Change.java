package io.github.cdimessages.internal.redis;

import java.util.Arrays;
import java.util.List;

/** One SUBSCRIBE or UNSUBSCRIBE command, and how many of its confirmations are still to come. */
final class Change {
    final boolean subscribes;
    final List<byte[]> channels;

    // Mutable state: owned by the subscriber's reading thread
    private int missing;

    Change(boolean subscribes, List<byte[]> channels) {
        this.subscribes = subscribes;
        this.channels = List.copyOf(channels);
        missing = channels.size();
    }

    /** Whether it asks for no more messages of a channel. */
    boolean ends(byte[] channel) {
        return !subscribes && channels.stream().anyMatch(each -> Arrays.equals(each, channel));
    }

    /** Counts a confirmation; tells whether it was the last. */
    boolean confirm() {
        missing--;
        return missing == 0;
    }
}
