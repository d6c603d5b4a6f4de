package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The properties {@code messages.redis.*}, checked.
 *
 * @param address where Redis is
 * @param prefix what the names of all channels in Redis begin with
 * @param maxMessageSize bytes of an envelope, at most
 * @param postTimeout after which a post that Redis has not accepted fails
 * @param outboxMessages how many posts may be under way
 * @param outboxBytes how large they may be together
 * @param recovery what is kept in Redis for servers that were cut off
 */
public record RedisSettings(
        RedisAddress address,
        String prefix,
        int maxMessageSize,
        Duration postTimeout,
        int outboxMessages,
        int outboxBytes,
        RecoverySettings recovery) {
    static final String URI = RedisAddress.URI;
    static final String PREFIX = "messages.redis.prefix";
    static final String MAX_MESSAGE_SIZE = "messages.redis.max-message-size";
    static final String POST_TIMEOUT = "messages.redis.post-timeout";
    static final String OUTBOX_MESSAGES = "messages.redis.outbox-messages";
    static final String OUTBOX_BYTES = "messages.redis.outbox-bytes";
    static final String RECOVERY = RecoverySettings.RECOVERY;
    private static final int DEFAULT_PORT = 6379;

    /** Reads them; empty where {@code messages.redis.uri} is not set. */
    public static Optional<RedisSettings> read(Settings settings) {
        return settings.text(URI).map(uri -> read(settings, uri));
    }

    private static RedisSettings read(Settings settings, String uri) {
        int maxMessageSize = settings.number(MAX_MESSAGE_SIZE, 1 << 20, 1 << 10, 256 << 20);
        int outboxBytes = settings.number(OUTBOX_BYTES, 64 << 20, 1 << 10, Integer.MAX_VALUE);
        if (outboxBytes < maxMessageSize) {
            throw Settings.wrong(
                    OUTBOX_BYTES,
                    String.valueOf(outboxBytes),
                    "is less than one message may have; raise it, or lower " + MAX_MESSAGE_SIZE + ", now "
                            + maxMessageSize);
        }
        return new RedisSettings(
                address(uri),
                prefix(settings.text(PREFIX).orElse("cdi-messages")),
                maxMessageSize,
                postTimeout(settings.time(POST_TIMEOUT, Duration.ofSeconds(10))),
                settings.number(OUTBOX_MESSAGES, 100_000, 1, 10_000_000),
                outboxBytes,
                RecoverySettings.read(settings, maxMessageSize));
    }

    private static RedisAddress address(String uri) {
        RedisAddress address = RedisAddress.parse(uri, DEFAULT_PORT);
        if (address.nodes().size() > 1) {
            throw Settings.wrong(
                    URI, address.toString(), "names more than one Redis; name the one that is to carry the messages");
        }
        return address;
    }

    private static String prefix(String prefix) {
        if (prefix.matches("[A-Za-z0-9._:-]{1,100}")) {
            return prefix;
        }
        throw Settings.wrong(PREFIX, prefix, "is no prefix; write 1 to 100 letters, digits, '.', '_', '-' or ':'");
    }

    private static Duration postTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw Settings.wrong(
                    POST_TIMEOUT, timeout.toString(), "is not more than 0 and at most a day; set such a time");
        }
        return timeout;
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "RedisSettings[" + address + ", prefix " + prefix + ']';
    }
}
