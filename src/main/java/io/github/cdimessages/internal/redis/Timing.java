package io.github.cdimessages.internal.redis;

import java.time.Duration;

/**
 * How long the link waits for what.
 *
 * @param connect for a connection, and for each answer while one is opened
 * @param ping between two probes of a quiet connection; the subscriber's is given up after two without an answer
 * @param answer for Redis' answer to a batch
 * @param write for a batch to leave this server
 * @param hold for the SUBSCRIBE of its own channel, at most, before a post leaves without it
 */
record Timing(Duration connect, Duration ping, Duration answer, Duration write, Duration hold) {
    static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
}
