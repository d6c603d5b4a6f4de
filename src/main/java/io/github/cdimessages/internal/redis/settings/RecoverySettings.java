package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import java.time.Duration;

/**
 * The properties {@code messages.redis.recovery…}, checked.
 *
 * @param on whether what this server sends is kept in Redis, and what it missed is read from there
 * @param time for how long it is kept
 * @param count how many messages of one server are kept, and how many that come while the logs are read
 * @param bytes how large they may be together
 */
public record RecoverySettings(boolean on, Duration time, int count, int bytes) {
    public static final String RECOVERY = "messages.redis.recovery";
    public static final String TIME = "messages.redis.recovery.time";
    public static final String COUNT = "messages.redis.recovery.count";
    public static final String BYTES = "messages.redis.recovery.bytes";
    private static final Duration SPARE = Duration.ofMinutes(1);

    public static RecoverySettings read(Settings settings, int maxMessageSize) {
        Duration time = settings.time(TIME, Duration.ofSeconds(60));
        if (time.isZero() || time.compareTo(Duration.ofHours(1)) > 0) {
            throw Settings.wrong(TIME, time.toString(), "is not more than 0 and at most an hour; set such a time");
        }
        int bytes = settings.number(BYTES, Math.max(64 << 20, maxMessageSize), 1 << 10, Integer.MAX_VALUE);
        if (bytes < maxMessageSize) {
            throw Settings.wrong(
                    BYTES,
                    String.valueOf(bytes),
                    "is less than one message may have; raise it, or lower " + RedisSettings.MAX_MESSAGE_SIZE);
        }
        return new RecoverySettings(
                settings.choice(RECOVERY, Switch.ON) == Switch.ON,
                time,
                settings.number(COUNT, 100_000, 1, 10_000_000),
                bytes);
    }

    /** How long a log stays in Redis after its server has been heard of. */
    public Duration keyLives() {
        return time.multipliedBy(2).plus(SPARE);
    }

    private enum Switch {
        ON,
        OFF
    }
}
