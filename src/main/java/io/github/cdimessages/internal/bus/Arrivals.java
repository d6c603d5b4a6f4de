package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;

/**
 * Where the bus announces each message that arrived; a container fires its event here, and hands it to the dispatch.
 */
@FunctionalInterface
public interface Arrivals {

    /** Announces a message; called on a poster's thread or on the one that reads the network. */
    void announce(ChannelEvent event);
}
