package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import java.time.Duration;

/**
 * How long the link waits for what.
 *
 * @param connect for a connection, and for each answer while one is opened
 * @param ping between two probes of a quiet connection; the subscriber's is given up after two without an answer
 * @param answer for Redis' answer to a batch, from when it has left
 * @param write for a batch to leave this server, and a second more for each megabyte
 * @param recovery for the logs to be read, from the first attempt on; live messages are held back meanwhile
 * @param hold for the SUBSCRIBE of its own channel, at most, before a post leaves without it
 */
public record Timing(
        Duration connect, Duration ping, Duration answer, Duration write, Duration recovery, Duration hold) {
    static final String CONNECT = "messages.redis.connect-timeout";
    static final String COMMAND = "messages.redis.command-timeout";

    public static Timing read(Settings settings) {
        return new Timing(
                time(settings, CONNECT, Duration.ofSeconds(2)),
                Duration.ofSeconds(5),
                time(settings, COMMAND, Duration.ofSeconds(5)),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    private static Duration time(Settings settings, String property, Duration otherwise) {
        Duration time = settings.time(property, otherwise);
        if (time.toMillis() < 10 || time.compareTo(Duration.ofMinutes(1)) > 0) {
            throw Settings.wrong(property, time.toString(), "is not from 10 ms to a minute; set such a time");
        }
        return time;
    }
}
