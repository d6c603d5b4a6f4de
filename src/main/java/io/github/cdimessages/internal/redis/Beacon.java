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
    private static final int SIGNED = 2;
    private static final int HEAD = 12;

    /** Its bytes, with room for a signature if it is to be signed. */
    byte[] write(boolean signs) {
        byte[] name = origin.getBytes(UTF_8);
        return ByteBuffer.allocate(HEAD + name.length + (signs ? Seal.SIZE : 0))
                .putShort(MAGIC)
                .put(VERSION)
                .put((byte) ((hasLost ? HAS_LOST : 0) | (signs ? SIGNED : 0)))
                .putLong(number)
                .put(name)
                .array();
    }

    /** Reads a beacon; null if it is none of this version. */
    static @Nullable Beacon read(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        int end = content.length <= HEAD ? 0 : content.length - (isSigned(content) ? Seal.SIZE : 0);
        if (end <= HEAD
                || end > HEAD + EnvelopeFormat.MAX_ORIGIN
                || bytes.getShort() != MAGIC
                || bytes.get() != VERSION) {
            return null;
        }
        int flags = bytes.get();
        long number = bytes.getLong();
        String origin = new String(content, HEAD, end - HEAD, UTF_8);
        return new Beacon(origin, number, (flags & HAS_LOST) != 0);
    }

    /** Whether the last bytes of a beacon are a signature. */
    static boolean isSigned(byte[] beacon) {
        return (beacon[3] & SIGNED) != 0;
    }
}
