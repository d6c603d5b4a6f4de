package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.SigningSettings;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.Envelope;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random bytes, and what becomes of genuine ones by random changes, in all that reads from Redis: nothing comes out but
 * a result or a MessagesException. {@code -Dfuzz.inputs=} and {@code -Dfuzz.seed=} ask for more and others.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 6);
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1_000_000);
    private static final SigningSettings KEY =
            SigningSettings.read(new Settings(Map.of("messages.redis.signing-keys", SigningSettingsTest.KEY)::get));
    private static final ChannelNames NAMES = new ChannelNames("p");
    private static final long LAST = 8;
    private static final byte[] INTERESTING = {0, 1, 2, 0x10, 0x28, 0x7F, (byte) 0x80, (byte) 0xCD, (byte) 0xFF};

    private final EnvelopeFormat format = new EnvelopeFormat(4_096, true);
    private final Verifier verifier = new Verifier(NAMES, KEY);
    private final Seal seal = new Seal(KEY);
    private final SplittableRandom random = new SplittableRandom(SEED);

    // Mutable state: owned by the test's thread
    private int read;
    private int refused;
    private int genuine;

    /** Takes bytes, or throws a MessagesException. */
    private interface Decoder {
        void read(byte[] bytes);
    }

    @Test
    void nothingLeavesADecoderButItsOwnExceptionAndNoChangePassesForGenuine() {
        System.out.println("fuzzing with " + INPUTS + " inputs, seed " + SEED);
        byte[] envelope = envelope();
        byte[] beacon = beacon();
        byte[] entry = entry(envelope);
        byte[] marker = sealed(LogEntry.marker(5, true, true));
        for (int i = 0; i < INPUTS; i += 5) {
            attempt(envelope, this::readEnvelope);
            attempt(beacon, this::readBeacon);
            attempt(entry, this::readEntry);
            attempt(marker, this::readEntry);
            attempt(LogEntry.id(LAST), this::readId);
        }
        assertThat(read).as("what has the right form").isGreaterThan(INPUTS / 10);
        assertThat(refused).as("what was refused").isGreaterThan(INPUTS / 10);
        assertThat(genuine).as("changed, and taken all the same").isZero();
    }

    private void attempt(byte[] valid, Decoder decoder) {
        byte[] input = random.nextInt(8) == 0 ? random() : mutated(valid);
        int before = genuine;
        try {
            decoder.read(input);
        } catch (MessagesException e) {
            refused++;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + SEED + ": " + HexFormat.of().formatHex(input), e);
        }
        if (Arrays.equals(input, valid)) {
            genuine = before;
        }
    }

    private void readEnvelope(byte[] bytes) {
        assertThat(format.decode("orders", bytes).json()).isNotEmpty();
        read++;
        verifier.check("orders", bytes);
        genuine++;
    }

    private void readBeacon(byte[] bytes) {
        if (Beacon.read(bytes) == null) {
            throw new MessagesException("no beacon");
        }
        read++;
        verifier.checkBeacon(bytes);
        genuine++;
    }

    private void readEntry(byte[] bytes) {
        LogEntry entry = LogEntry.read(LogEntry.id(LAST), bytes);
        if (entry == null) {
            throw new MessagesException("no entry");
        }
        read++;
        verifier.checkEntry("a", entry, bytes);
        genuine++;
    }

    /** Redis gives only what is an id: two whole numbers of 64 bits. */
    private void readId(byte[] bytes) {
        String id = Long.toUnsignedString(random.nextLong())
                + '-'
                + Long.toUnsignedString(random.nextLong() | bytes.length);
        byte[] next = LogEntry.after(id.getBytes(UTF_8));
        assertThat(next == null || !Arrays.equals(next, id.getBytes(UTF_8))).isTrue();
        LogEntry.read(id.getBytes(UTF_8), bytes);
        read++;
    }

    private byte[] random() {
        byte[] bytes = new byte[random.nextInt(96)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] mutated(byte[] valid) {
        int length = random.nextInt(4) == 0 ? random.nextInt(valid.length + 48) : valid.length;
        byte[] bytes = Arrays.copyOf(valid, length);
        for (int n = random.nextInt(4); n > 0 && length > 0; n--) {
            bytes[random.nextInt(length)] = INTERESTING[random.nextInt(INTERESTING.length)];
        }
        return bytes;
    }

    private byte[] envelope() {
        byte[] body = "{\"id\":17}".getBytes(UTF_8);
        byte[] bytes = format.encode(new Envelope("orders", "order", "a", 1, 17, ByteBuffer.wrap(body)));
        EnvelopeFormat.number(bytes, LAST);
        seal.sign(Seal.Kind.MESSAGE, NAMES.inRedis("orders"), 0, bytes);
        return bytes;
    }

    private byte[] beacon() {
        byte[] bytes = new Beacon("a", LAST, false).write(true);
        seal.sign(Seal.Kind.BEACON, NAMES.sentinel(), 0, bytes);
        return bytes;
    }

    private byte[] entry(byte[] envelope) {
        Post post = new Post(NAMES.inRedis("orders"), envelope, true, 0, 0);
        return sealed(LogEntry.of(LAST - 1, List.of(post, post), true));
    }

    private byte[] sealed(byte[] entry) {
        seal.sign(Seal.Kind.LOG_ENTRY, NAMES.log("a"), LAST, entry);
        return entry;
    }
}
