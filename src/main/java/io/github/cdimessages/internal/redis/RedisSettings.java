package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * The properties {@code messages.redis.*}, checked.
 *
 * @param uri where Redis is; may hold a password
 * @param prefix what the names of all channels in Redis begin with
 * @param maxMessageSize bytes of an envelope, at most
 * @param postTimeout after which a post that Redis has not accepted fails
 * @param outboxMessages how many posts may be under way
 * @param outboxBytes how large they may be together
 * @param recovery what is kept in Redis for servers that were cut off
 */
public record RedisSettings(
        URI uri,
        String prefix,
        int maxMessageSize,
        Duration postTimeout,
        int outboxMessages,
        int outboxBytes,
        RecoverySettings recovery) {
    static final String URI = "messages.redis.uri";
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
                uri(uri),
                prefix(settings.text(PREFIX).orElse("cdi-messages")),
                maxMessageSize,
                postTimeout(settings.time(POST_TIMEOUT, Duration.ofSeconds(10))),
                settings.number(OUTBOX_MESSAGES, 100_000, 1, 10_000_000),
                outboxBytes,
                RecoverySettings.read(settings, maxMessageSize));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = "redis".equalsIgnoreCase(uri.getScheme());
            if ((plain || "rediss".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && (uri.getPath() == null || uri.getPath().matches("/?|/\\d{1,9}"))) {
                return uri.getPort() >= 0 ? uri : withDefaultPort(uri);
            }
        } catch (URISyntaxException e) {
            // falls through to the one message that serves all cases; this one would show the password
        }
        throw Settings.wrong(
                URI,
                withoutPassword(text),
                "is no address of a Redis; write redis://[user:password@]host[:port][/database], or rediss: for TLS,"
                        + " and %-escape what is special in user and password");
    }

    private static URI withDefaultPort(URI uri) throws URISyntaxException {
        String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + '@';
        return new URI(uri.getScheme() + "://" + user + uri.getHost() + ':' + DEFAULT_PORT + uri.getRawPath());
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

    private static String withoutPassword(String uri) {
        int end = uri.lastIndexOf('@');
        int start = uri.indexOf("//") < 0 ? 0 : uri.indexOf("//") + 2;
        return end < start ? uri : uri.substring(0, start) + "***" + uri.substring(end);
    }

    /** Where Redis is, as a person may read it. */
    String address() {
        return uri.getHost() + ':' + uri.getPort();
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "RedisSettings[" + address() + ", prefix " + prefix + ']';
    }
}
