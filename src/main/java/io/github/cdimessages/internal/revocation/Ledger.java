package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The revocations that the network keeps. Its methods wait, and throw a {@link MessagesException} that says what went
 * wrong.
 */
public interface Ledger {

    /**
     * Writes a revocation. Adjusts the clock first, so that the envelope, which is made then, can tell its time. Throws
     * an {@link UnwritableException} where the revocation itself is the problem.
     *
     * @param keep for how long
     */
    void append(NetworkClock clock, Supplier<Envelope> entry, Duration keep);

    /**
     * Reads what was written since a time of the network, and a little more, oldest first. Adjusts the clock first.
     *
     * @param since in microseconds; 0 for all
     */
    Page read(NetworkClock clock, long since);

    /** How long a revocation may wait to be written. */
    Duration patience();

    /**
     * What was read.
     *
     * @param entries the revocations
     * @param at up to when, for the next time
     */
    record Page(List<Envelope> entries, long at) {}
}
