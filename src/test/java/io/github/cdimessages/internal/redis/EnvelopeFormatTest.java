package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeFormatTest {
    private static final Envelope ORDER = envelope("order", "a-x1", "{\"id\":17}");
    private static final HexFormat HEX = HexFormat.of();
    private static final String BYTES =
            "cd4d" + "01" + "00" + "002b" + "0000000000000102" + "000000000000abcd" + "0000000000000000"
                    + "0004" + HEX.formatHex("a-x1".getBytes(UTF_8))
                    + "0005" + HEX.formatHex("order".getBytes(UTF_8))
                    + HEX.formatHex("{\"id\":17}".getBytes(UTF_8));

    private final EnvelopeFormat format = new EnvelopeFormat(1_000);

    @Test
    void theBytesAreThoseOfTheDocument() {
        assertThat(HEX.formatHex(format.encode(ORDER))).isEqualTo(BYTES);
    }

    @Test
    void aNumberIsWrittenIntoAnEnvelope() {
        byte[] bytes = format.encode(ORDER);
        assertThat(EnvelopeFormat.numberOf(bytes)).isZero();
        EnvelopeFormat.number(bytes, 0x1122334455667788L);
        assertThat(EnvelopeFormat.numberOf(bytes)).isEqualTo(0x1122334455667788L);
        assertThat(format.decode("orders", bytes)).isEqualTo(ORDER);
    }

    @Test
    void whatIsWrittenIsRead() {
        Envelope envelope = envelope("größe", "knoten-ü", "\"€ 😀\"");
        assertThat(format.decode("orders", format.encode(envelope))).isEqualTo(envelope);
        assertThat(format.decode("orders", format.encode(envelope)).json()).isEqualTo("\"€ 😀\"");
    }

    @Test
    void aBodyInTheMiddleOfAnArrayIsWrittenAlone() {
        byte[] array = "xx{\"id\":17}yy".getBytes(UTF_8);
        Envelope envelope = new Envelope("orders", "order", "a-x1", 0x102, 0xABCD, ByteBuffer.wrap(array, 2, 9));
        assertThat(HEX.formatHex(format.encode(envelope))).isEqualTo(BYTES);
    }

    @Test
    void laterFieldsAndHarmlessFlagsAreSkipped() {
        String later = BYTES.replace("0100" + "002b", "01f0" + "002e")
                .replace(HEX.formatHex("order{".getBytes(UTF_8)), HEX.formatHex("order???{".getBytes(UTF_8)));
        assertThat(format.decode("orders", HEX.parseHex(later))).isEqualTo(ORDER);
    }

    @ParameterizedTest
    @CsvSource({
        "'', no envelope",
        "7b7d, no envelope",
        "cd4d0100, no envelope",
        "ffff010000230000000000000102000000000000000000000000000000000001610001627b7d, no envelope",
        "cd4d02000024000000000000010200000000000000000000000000000000000161000162 7b7d, version 2",
        "cd4d01020024000000000000010200000000000000000000000000000000000161000162 7b7d, flags 2",
        "cd4d0100ffff000000000000010200000000000000000000000000000000000161000162 7b7d, a header of 65535 bytes",
        "cd4d01000006000000000000010200000000000000000000000000000000000161000162 7b7d, a header of 6 bytes",
        "cd4d01000024000000000000010200000000000000000000000000000000000061000162 7b7d, a field of 0 bytes",
        "cd4d01000024000000000000010200000000000000000000000000000000010061000162 7b7d, a field of 256 bytes",
        "cd4d01000024000000000000010200000000000000000000000000000000000161000962 7b7d, a field of 9 bytes",
        "cd4d01000024000000000000010200000000000000000000000000000000000161000162, no body",
    })
    void whatIsNoEnvelopeIsRefusedWithTheReason(String hex, String reason) {
        byte[] bytes = HEX.parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> format.decode("orders", bytes))
                .isInstanceOf(MessagesException.class)
                .hasMessageContaining("channel 'orders'")
                .hasMessageContaining(reason);
    }

    @Test
    void theSizeIsCheckedInBothDirections() {
        Envelope large = envelope("order", "a-x1", "1".repeat(1_000));
        assertThatThrownBy(() -> format.encode(large)).hasMessageContaining("messages.redis.max-message-size");
        byte[] bytes = new EnvelopeFormat(2_000).encode(large);
        assertThatThrownBy(() -> format.decode("orders", bytes))
                .hasMessageContaining("1043 bytes")
                .hasMessageContaining("messages.redis.max-message-size");
    }

    @Test
    void whatReceiversWouldRefuseIsNotWritten() {
        assertThatThrownBy(() -> format.encode(envelope("", "a", "1"))).hasMessageContaining("type of 0 bytes");
        assertThatThrownBy(() -> format.encode(envelope("t", "a".repeat(256), "1")))
                .hasMessageContaining("origin of 256 bytes");
        assertThatThrownBy(() -> format.encode(envelope("t", "a", ""))).hasMessageContaining("no body");
    }

    @Test
    void anyBytesGiveAnEnvelopeOrAMessagesException() {
        Random random = new Random(20_261_125);
        byte[] valid = format.encode(ORDER);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = i % 3 == 0 ? random(random) : mutated(valid, random);
            try {
                Envelope envelope = format.decode("orders", bytes);
                assertThat(envelope.body().remaining()).isPositive();
                read++;
            } catch (MessagesException e) {
                refused++;
            }
        }
        assertThat(read).as("mutations that are still envelopes").isGreaterThan(20_000);
        assertThat(refused).as("refused").isGreaterThan(100_000);
    }

    private static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        if (bytes.length > 4 && random.nextBoolean()) {
            bytes[0] = (byte) 0xCD;
            bytes[1] = 0x4D;
            bytes[2] = 1;
            bytes[3] = 0;
        }
        return bytes;
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(valid.length + 8) : valid.length);
        for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static Envelope envelope(String type, String origin, String json) {
        return new Envelope("orders", type, origin, 0x102, 0xABCD, ByteBuffer.wrap(json.getBytes(UTF_8)));
    }
}
