package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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
 */
record LogEntry(long first, long last, List<Message> messages, boolean isLoss) {
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

    static long numberOf(byte[] id) {
        String text = new String(id, ISO_8859_1);
        return Long.parseLong(text.substring(0, text.indexOf('-')));
    }

    static byte[] of(long first, List<Post> posts) {
        int size = HEAD;
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

    static byte[] marker(long first, boolean loss) {
        return ByteBuffer.allocate(HEAD + 1)
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
            if (count == 0) {
                return new LogEntry(first, last, List.of(), bytes.get() == LOSS);
            }
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] channel = take(bytes, bytes.getShort() & 0xFFFF);
                messages.add(new Message(channel, take(bytes, bytes.getInt())));
            }
            return last - first + 1 == count ? new LogEntry(first, last, messages, false) : null;
        } catch (RuntimeException e) {
            return null; // something else wrote here; the reader reports a gap
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length > bytes.remaining()) {
            throw new IllegalArgumentException("cut short");
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
