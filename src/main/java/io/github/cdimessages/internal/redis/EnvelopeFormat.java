package io.github.cdimessages.internal.redis;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.spi.Envelope;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** Writes and reads envelopes as bytes; see docs/wire-format.md. Reading never touches the JSON. */
final class EnvelopeFormat {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
    private static final int MAGIC = 0xCD4D;
    private static final byte VERSION = 1;
    private static final int SIGNED = 0x01;
    private static final int MUST_KNOW = 0x0F & ~SIGNED;
    private static final int FLAGS_AT = 3;
    private static final int HEADER_LENGTH_AT = 4;
    private static final int SEQUENCE_AT = 6;
    private static final int POSTED_AT = 14;
    private static final int NUMBER_AT = 22;
    private static final int ORIGIN_AT = 30;
    static final int MAX_ORIGIN = 255;
    private static final int MAX_TYPE = 1_024;
    private static final int LEAST = ORIGIN_AT + 2 + 1 + 2 + 1;

    private final int maxSize;
    private final boolean signs;

    EnvelopeFormat(int maxSize) {
        this(maxSize, false);
    }

    /** A format that leaves room for a signature if messages are signed. */
    EnvelopeFormat(int maxSize, boolean signs) {
        this.maxSize = maxSize;
        this.signs = signs;
    }

    byte[] encode(Envelope envelope) {
        byte[] origin = text(envelope, "origin", envelope.origin(), MAX_ORIGIN);
        byte[] type = text(envelope, "type", envelope.type(), MAX_TYPE);
        ByteBuffer body = envelope.body();
        int header = ORIGIN_AT + 2 + origin.length + 2 + type.length;
        int json = body.remaining();
        long size = (long) header + json + (signs ? Seal.SIZE : 0);
        if (size > maxSize) {
            throw tooLarge(envelope.channel(), size);
        }
        if (!body.hasRemaining()) {
            throw bad(envelope.channel(), "has no body; a message is JSON text");
        }
        byte[] bytes = new byte[(int) size];
        SHORT.set(bytes, 0, (short) MAGIC);
        bytes[2] = VERSION;
        bytes[FLAGS_AT] = (byte) (signs ? SIGNED : 0);
        SHORT.set(bytes, HEADER_LENGTH_AT, (short) header);
        LONG.set(bytes, SEQUENCE_AT, envelope.sequence());
        LONG.set(bytes, POSTED_AT, envelope.postedAtMillis());
        put(bytes, put(bytes, ORIGIN_AT, origin), type);
        body.get(body.position(), bytes, header, json);
        return bytes;
    }

    /** Whether the last bytes of an envelope are a signature. */
    static boolean isSigned(byte[] envelope) {
        return (envelope[FLAGS_AT] & SIGNED) != 0;
    }

    /** Writes the number into an envelope of ours: its place among all that this server sends. */
    static void number(byte[] envelope, long number) {
        LONG.set(envelope, NUMBER_AT, number);
    }

    /** The number in an envelope that decode() has accepted; 0 if its sender gives none. */
    static long numberOf(byte[] envelope) {
        return (long) LONG.get(envelope, NUMBER_AT);
    }

    /** Gives an envelope or throws a MessagesException, whatever the bytes are. */
    Envelope decode(String channel, byte[] bytes) {
        if (bytes.length > maxSize) {
            throw tooLarge(channel, bytes.length);
        }
        if (bytes.length < LEAST || unsigned(bytes, 0) != MAGIC) {
            throw bad(channel, "is no envelope of CDI Messages; something else publishes here");
        }
        if (bytes[2] != VERSION) {
            throw bad(channel, "is an envelope of version " + bytes[2] + "; this server reads version " + VERSION);
        }
        if ((bytes[FLAGS_AT] & MUST_KNOW) != 0) {
            throw bad(channel, "has the flags " + bytes[FLAGS_AT] + ", which this server does not know; update it");
        }
        int header = unsigned(bytes, HEADER_LENGTH_AT);
        int originEnd = end(channel, bytes, ORIGIN_AT, MAX_ORIGIN, header);
        int typeEnd = end(channel, bytes, originEnd, MAX_TYPE, header);
        int bodyEnd = bytes.length - (isSigned(bytes) ? Seal.SIZE : 0);
        if (header >= bodyEnd) {
            throw bad(channel, "has a header of " + header + " bytes and no body");
        }
        return new Envelope(
                channel,
                new String(bytes, originEnd + 2, typeEnd - originEnd - 2, UTF_8),
                new String(bytes, ORIGIN_AT + 2, originEnd - ORIGIN_AT - 2, UTF_8),
                (long) LONG.get(bytes, SEQUENCE_AT),
                (long) LONG.get(bytes, POSTED_AT),
                ByteBuffer.wrap(bytes, header, bodyEnd - header));
    }

    private static byte[] text(Envelope envelope, String field, String text, int most) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length == 0 || bytes.length > most) {
            throw bad(
                    envelope.channel(), "has a " + field + " of " + bytes.length + " bytes; allowed are 1 to " + most);
        }
        return bytes;
    }

    private static int put(byte[] bytes, int at, byte[] text) {
        SHORT.set(bytes, at, (short) text.length);
        System.arraycopy(text, 0, bytes, at + 2, text.length);
        return at + 2 + text.length;
    }

    private static int unsigned(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    /** Where the text ends whose length stands at an offset. */
    private static int end(String channel, byte[] bytes, int at, int most, int header) {
        if (header > bytes.length || at + 2 > header) {
            throw bad(channel, "has a header of " + header + " bytes, which its fields do not fit");
        }
        int length = unsigned(bytes, at);
        if (length == 0 || length > most || at + 2 + length > header) {
            throw bad(channel, "has a field of " + length + " bytes at " + at + " in a header of " + header);
        }
        return at + 2 + length;
    }

    private MessagesException tooLarge(String channel, long size) {
        return bad(
                channel,
                "has " + size + " bytes, header included; property '" + RedisSettings.MAX_MESSAGE_SIZE + "' allows "
                        + maxSize + "; raise it on every server, or send less");
    }

    private static MessagesException bad(String channel, String problem) {
        return new MessagesException("channel '" + channel + "': a message " + problem);
    }
}
