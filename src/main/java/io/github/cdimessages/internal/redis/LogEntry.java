package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a server's log: the messages of one written batch, or a marker for numbers that have none; see
 * docs/wire-format.md.
 *
 * @param first the number of its first message
 * @param last that of its last, also its id in the log
 * @param messages what was sent; empty in a marker
 * @param isLoss whether it marks messages that Redis had accepted and has lost
 * @param isSigned whether the last bytes of its content are a signature
 */
record LogEntry(long first, long last, List<Message> messages, boolean isLoss, boolean isSigned) {
    private static final int HEAD = 8 + 4;
    private static final byte LOSS = 1;

    /** An envelope on a channel, named as in Redis. */
    static final class Message {
        final byte[] channel;
        final byte[] envelope;

        Message(byte[] channel, byte[] envelope) {
            this.channel = channel;
            this.envelope = envelope;
        }
    }

    /** The id of the entry whose last message has this number. */
    static byte[] id(long number) {
        return (number + "-0").getBytes(ISO_8859_1);
    }

    /** Where to start to read what comes after this number. */
    static byte[] after(long number) {
        return (number + "-1").getBytes(ISO_8859_1);
    }

    /** Where to start to read what comes after an entry, whoever has written it; null if nothing can. */
    static byte @Nullable [] after(byte[] id) {
        String text = new String(id, ISO_8859_1);
        int hyphen = text.indexOf('-');
        long next = Long.parseUnsignedLong(text, hyphen + 1, text.length(), 10) + 1;
        if (text.length() - hyphen > 20 || next == 0) {
            return null; // not one of ours: those end in 0
        }
        return (text.substring(0, hyphen + 1) + Long.toUnsignedString(next)).getBytes(ISO_8859_1);
    }

    /** Whether an id is that of an entry, or of a later one. */
    static boolean reaches(byte[] id, byte[] entry) {
        return Arrays.equals(id, entry) || numberOf(id) > numberOf(entry);
    }

    /** The number in an id; one that is too high for a number is the highest. */
    static long numberOf(byte[] id) {
        String text = new String(id, ISO_8859_1);
        long number = Long.parseUnsignedLong(text, 0, text.indexOf('-'), 10);
        return number < 0 ? Long.MAX_VALUE : number;
    }

    /** The bytes of an entry, with room for a signature if it is to be signed. */
    static byte[] of(long first, List<Post> posts, boolean signs) {
        int size = HEAD + (signs ? Seal.SIZE : 0);
        for (Post post : posts) {
            size += 2 + post.channel.length + 4 + post.envelope.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).putLong(first).putInt(posts.size());
        for (Post post : posts) {
            bytes.putShort((short) post.channel.length).put(post.channel);
            bytes.putInt(post.envelope.length).put(post.envelope);
        }
        return bytes.array();
    }

    static byte[] marker(long first, boolean loss, boolean signs) {
        return ByteBuffer.allocate(HEAD + 1 + (signs ? Seal.SIZE : 0))
                .putLong(first)
                .putInt(0)
                .put(loss ? LOSS : 0)
                .array();
    }

    /** Reads an entry; null if it is none. */
    static @Nullable LogEntry read(byte[] id, byte[] content) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            long first = bytes.getLong();
            int count = bytes.getInt();
            long last = numberOf(id);
            if (first < 1 || first > last) {
                return null;
            }
            if (count == 0) {
                boolean loss = bytes.get() == LOSS;
                return new LogEntry(first, last, List.of(), loss, bytes.remaining() == Seal.SIZE);
            }
            if (last - first + 1 != count) {
                return null;
            }
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] channel = take(bytes, bytes.getShort() & 0xFFFF);
                messages.add(new Message(channel, take(bytes, bytes.getInt())));
            }
            return new LogEntry(first, last, messages, false, bytes.remaining() == Seal.SIZE);
        } catch (RuntimeException e) {
            return null; // something else wrote here; the reader reports a gap
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("cut short");
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
