package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What each server says of itself on the sentinel channel; see docs/wire-format.md.
 *
 * @param origin who says it
 * @param number all that it has sent up to this number has been published before
 * @param hasLost whether Redis has lost some of that after it had accepted it
 */
record Beacon(String origin, long number, boolean hasLost) {
    private static final short MAGIC = (short) 0xCD42;
    private static final byte VERSION = 1;
    private static final int HAS_LOST = 1;

    byte[] write() {
        byte[] name = origin.getBytes(UTF_8);
        return ByteBuffer.allocate(2 + 1 + 1 + 8 + name.length)
                .putShort(MAGIC)
                .put(VERSION)
                .put((byte) (hasLost ? HAS_LOST : 0))
                .putLong(number)
                .put(name)
                .array();
    }

    /** Reads a beacon; null if it is none of this version. */
    static @Nullable Beacon read(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (content.length <= 12
                || content.length > 12 + EnvelopeFormat.MAX_ORIGIN
                || bytes.getShort() != MAGIC
                || bytes.get() != VERSION) {
            return null;
        }
        int flags = bytes.get();
        long number = bytes.getLong();
        String origin = new String(content, 12, content.length - 12, UTF_8);
        return new Beacon(origin, number, (flags & HAS_LOST) != 0);
    }
}
