package io.github.cdimessages;

import java.time.Duration;
import java.time.Instant;

/**
 * Announces that this server reaches the others again after a {@link TransportLost}. What was posted meanwhile is
 * delivered about now; where that is not possible, {@link ChannelGap} says so.
 *
 * <p>Thread rule: fired on a managed thread, soon after the connection stands.
 *
 * @param at when it stood again
 * @param outage how long it was known to be lost
 */
public record TransportRestored(Instant at, Duration outage) {}
