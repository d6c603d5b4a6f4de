package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The properties {@code messages.redis.*}, checked.
 *
 * @param address where Redis is, or where the Sentinels are that know
 * @param sentinels what to ask the Sentinels; null where the address is that of Redis
 * @param cluster how the channels are divided in a Cluster; null where Redis is none
 * @param tls encrypts all connections; null if they are not
 * @param timing how long to wait for Redis
 * @param prefix what the names of all channels in Redis begin with
 * @param maxMessageSize bytes of an envelope, at most
 * @param postTimeout after which a post that Redis has not accepted fails
 * @param outboxMessages how many posts may be under way
 * @param outboxBytes how large they may be together
 * @param signing how messages are signed
 * @param recovery what is kept in Redis for servers that were cut off
 */
public record RedisSettings(
        RedisAddress address,
        @Nullable SentinelSettings sentinels,
        @Nullable ClusterSettings cluster,
        @Nullable Tls tls,
        Timing timing,
        String prefix,
        int maxMessageSize,
        Duration postTimeout,
        int outboxMessages,
        int outboxBytes,
        SigningSettings signing,
        RecoverySettings recovery) {
    public static final String URI = RedisAddress.URI;
    public static final String PREFIX = "messages.redis.prefix";
    public static final String MAX_MESSAGE_SIZE = "messages.redis.max-message-size";
    public static final String POST_TIMEOUT = "messages.redis.post-timeout";
    public static final String OUTBOX_MESSAGES = "messages.redis.outbox-messages";
    public static final String OUTBOX_BYTES = "messages.redis.outbox-bytes";
    public static final String RECOVERY = RecoverySettings.RECOVERY;
    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_SENTINEL_PORT = 26379;

    /** Reads them; empty where {@code messages.redis.uri} is not set. */
    public static Optional<RedisSettings> read(Settings settings) {
        Optional<String> uri = settings.text(URI);
        Optional<String> master = settings.text(SentinelSettings.MASTER);
        if (uri.isEmpty() && master.isPresent()) {
            throw Settings.wrong(
                    SentinelSettings.MASTER,
                    master.get(),
                    "is of no use without the Sentinels; name them in property '" + URI + "'");
        }
        return uri.map(text -> read(settings, text));
    }

    private static RedisSettings read(Settings settings, String uri) {
        SentinelSettings sentinels = SentinelSettings.read(settings);
        ClusterSettings cluster = ClusterSettings.read(settings);
        RedisAddress address = address(uri, sentinels, cluster);
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
                address,
                sentinels,
                cluster,
                Tls.read(settings, address.tls()),
                Timing.read(settings),
                prefix(settings.text(PREFIX).orElse("cdi-messages")),
                maxMessageSize,
                postTimeout(settings.time(POST_TIMEOUT, Duration.ofSeconds(10))),
                settings.number(OUTBOX_MESSAGES, 100_000, 1, 10_000_000),
                outboxBytes,
                SigningSettings.read(settings),
                RecoverySettings.read(settings, maxMessageSize));
    }

    private static RedisAddress address(
            String uri, @Nullable SentinelSettings sentinels, @Nullable ClusterSettings cluster) {
        RedisAddress address = RedisAddress.parse(uri, sentinels != null ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT);
        if (sentinels != null && cluster != null) {
            throw Settings.wrong(
                    SentinelSettings.MASTER,
                    sentinels.master(),
                    "is for Sentinels, and a Cluster has none; remove this, or property '" + ClusterSettings.CLUSTER
                            + "'");
        }
        if (cluster != null && address.database() != 0) {
            throw Settings.wrong(
                    URI,
                    address + "/" + address.database(),
                    "has a database other than 0, and a Cluster has no other; remove it, or property '"
                            + ClusterSettings.CLUSTER + "'");
        }
        if (address.nodes().size() > 1 && sentinels == null && cluster == null) {
            throw Settings.wrong(
                    URI,
                    address.toString(),
                    "names more than one Redis; name one, or set property '" + SentinelSettings.MASTER
                            + "' if they are Sentinels, or '" + ClusterSettings.CLUSTER + "' if they are a Cluster");
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

    /** Where Redis is, as a person may read it. */
    public String place() {
        if (sentinels != null) {
            return "master '" + sentinels.master() + "' of Sentinels " + address;
        }
        return cluster != null ? "Cluster " + address : address.toString();
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "RedisSettings[" + place() + ", prefix " + prefix + ']';
    }
}
