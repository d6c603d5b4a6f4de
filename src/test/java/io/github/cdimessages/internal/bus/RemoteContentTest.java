package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cdimessages.MessageType;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.MessageCodec;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message from elsewhere is read once for each class, whoever asks in between. */
class RemoteContentTest {
    private final MessageTypes types = new MessageTypes();
    private final CountingCodec codec = new CountingCodec();
    private final RemoteContent content = new RemoteContent(
            new Envelope("orders", "order", "there", 1, 0, ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8))),
            types,
            codec);

    @MessageType("order")
    public static class Order {}

    /** As where two wars of an ear bring their own copies of a class. */
    @Test
    void copiesOfAClassThatTakeTurnsAreReadOnceEach() throws Exception {
        URL here = Order.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader other = new URLClassLoader(new URL[] {here}, MessageType.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(Order.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
            }
        }) {
            Class<?> copy = other.loadClass(Order.class.getName());
            Object first = content.payload(Order.class);
            Object second = content.payload(copy);

            assertThat(content.payload(Order.class)).isSameAs(first);
            assertThat(content.payload(copy)).isSameAs(second);
            assertThat(codec.decoded).hasSize(2);
        }
    }

    @Test
    void whatCanNotBeReadIsTriedOnce() {
        codec.fails = true;
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(MessagesException.class)
                    .isThrownBy(() -> content.payload(Order.class))
                    .withMessage("on purpose");
        }
        assertThat(codec.decoded).hasSize(1);
    }

    @Test
    void aCodecThatGivesNothingFailsAndLosesNothingInSilence() {
        codec.givesNothing = true;
        assertThatExceptionOfType(MessagesException.class)
                .isThrownBy(() -> content.payload(Order.class))
                .withMessageContainingAll(CountingCodec.class.getName(), Order.class.getName());
    }

    /** Makes an object of what is asked for, and remembers what that was. */
    private static final class CountingCodec implements MessageCodec {
        // Mutable state, used by the test's thread alone
        private final List<Class<?>> decoded = new ArrayList<>();
        private boolean fails;
        private boolean givesNothing;

        @Override
        public String encode(Object message) {
            return "{}";
        }

        @Override
        public <T> T decode(String json, Class<T> type) {
            decoded.add(type);
            if (fails) {
                throw new MessagesException("on purpose");
            }
            try {
                return givesNothing ? type.cast(null) : type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(type.getName(), e);
            }
        }
    }
}
