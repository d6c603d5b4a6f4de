package io.github.cdimessages;

import java.time.Instant;

/**
 * Announces that this server can't reach the others any more. It tries on, and announces {@link TransportRestored}.
 *
 * <p>Thread rule: fired on a managed thread, soon after it was noticed.
 *
 * @param at when it was noticed
 * @param cause what went wrong
 */
public record TransportLost(Instant at, String cause) {}
