package io.github.cdimessages.internal.redis.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.MessagesException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Translates between the names of channels here and in Redis, and names the keys; see docs/wire-format.md. */
public final class ChannelNames {
    private static final int MAX_NAME = 1_024;

    private final PubSub commands;
    private final byte[] start;
    private final byte[] sentinel;
    private final byte[] servers;
    private final byte[] partitions;
    private final byte[] revocations;
    private final String logStart;

    public ChannelNames(String prefix) {
        this(prefix, PubSub.PLAIN);
    }

    /** The names in a partition: all have the tag, so that they are in one slot of the Cluster. */
    public ChannelNames(String prefix, String tag) {
        this(prefix + ":{" + tag + '}', PubSub.SHARDED);
    }

    private ChannelNames(String prefix, PubSub commands) {
        this.commands = commands;
        start = (prefix + ":channel:").getBytes(UTF_8);
        sentinel = (prefix + ":sentinel").getBytes(UTF_8);
        servers = (prefix + ":servers").getBytes(UTF_8);
        partitions = (prefix + ":partitions").getBytes(UTF_8);
        revocations = (prefix + ":revocations").getBytes(UTF_8);
        logStart = prefix + ":log:";
    }

    /** By which commands these channels are spoken to. */
    public PubSub commands() {
        return commands;
    }

    /** The channel that every server subscribes to; do not write to the array. */
    public byte[] sentinel() {
        return sentinel;
    }

    /** The key of the hash of all servers; do not write to the array. */
    public byte[] servers() {
        return servers;
    }

    /** The key that says how many partitions there are; only the first one's is used. Do not write to the array. */
    public byte[] partitions() {
        return partitions;
    }

    /** The key of the ledger of revocations; do not write to the array. */
    public byte[] revocations() {
        return revocations;
    }

    /** The key of a server's log. */
    public byte[] log(String origin) {
        return (logStart + origin).getBytes(UTF_8);
    }

    /** The pattern of all keys, for people. */
    public String keys() {
        return logStart.substring(0, logStart.length() - "log:".length()) + '*';
    }

    public boolean isSentinel(byte[] redisChannel) {
        return Arrays.equals(sentinel, redisChannel);
    }

    public byte[] inRedis(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_NAME) {
            throw new MessagesException("channel '" + shortened(name) + "': has " + bytes.length
                    + " bytes in UTF-8; choose a name of 1 to " + MAX_NAME);
        }
        if (!isEncodable(name, bytes)) {
            throw new MessagesException("channel '" + shortened(name)
                    + "': has a lone surrogate and so no UTF-8 form; choose another name");
        }
        byte[] whole = Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, whole, start.length, bytes.length);
        return whole;
    }

    /** The name here, or null for a channel that is none of ours. */
    @Nullable
    public String here(byte[] redisChannel) {
        if (redisChannel.length <= start.length
                || !Arrays.equals(redisChannel, 0, start.length, start, 0, start.length)) {
            return null;
        }
        return new String(redisChannel, start.length, redisChannel.length - start.length, UTF_8);
    }

    /** Java writes a lone surrogate as '?', so that two names would be one channel. */
    private static boolean isEncodable(String name, byte[] bytes) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                return new String(bytes, UTF_8).equals(name);
            }
        }
        return true;
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + '…';
    }
}
