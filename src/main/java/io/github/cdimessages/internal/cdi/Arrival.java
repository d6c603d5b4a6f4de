package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.ChannelEvent;

/**
 * The one CDI event through which every message passes. It is a type of its own, not a qualified {@link ChannelEvent}:
 * an application's unqualified observer of that type would be called here at once, on a poster's or the network's
 * thread.
 *
 * @param event the message
 */
record Arrival(ChannelEvent event) {}
