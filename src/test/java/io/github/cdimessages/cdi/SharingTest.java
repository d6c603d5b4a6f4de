package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.Reach;
import io.github.cdimessages.internal.jsonb.JsonbCodec;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What all listeners share: a message is written once and read once, however many there are. */
class SharingTest {
    private static final int MANY = 100;

    public record Order(int number) {}

    /** An application's own codec, which counts. */
    @Alternative
    @Priority(1)
    @Singleton
    static class CountingCodec implements MessageCodec {
        final AtomicInteger encoded = new AtomicInteger();
        final AtomicInteger decoded = new AtomicInteger();
        private final JsonbCodec jsonb = new JsonbCodec();

        @Override
        public String encode(Object message) {
            encoded.incrementAndGet();
            return jsonb.encode(message);
        }

        @Override
        public <T> T decode(String json, Class<T> type) {
            decoded.incrementAndGet();
            return jsonb.decode(json, type);
        }
    }

    @Test
    void aLocalMessageIsNotWrittenUntilSomebodyAsksAndThenOnce() {
        try (Node node = Node.with(CountingCodec.class)) {
            Heard<Order> payload = new Heard<>();
            node.applicationWide().addListener("orders", Order.class, payload);
            node.messages().postMessage("orders", new Order(1));
            payload.await(1);
            assertThat(node.get(CountingCodec.class).encoded).hasValue(0);

            List<Heard<String>> texts = jsonListeners(node);
            node.messages().postMessage("orders", new Order(2));

            assertThat(shared(texts)).isEqualTo("{\"number\":2}");
            assertThat(node.get(CountingCodec.class).encoded).hasValue(1);
            assertThat(node.get(CountingCodec.class).decoded).hasValue(0);
        }
    }

    @Test
    void aGlobalMessageIsWrittenOnceAndReadOnceOnAServerWithManyListeners() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node node = Node.configured(Map.of("messages.redis.uri", redis.uri()), CountingCodec.class)) {
            List<Heard<Order>> orders = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                orders.add(new Heard<>());
                node.bus().open("session " + i).add("orders", Order.class, untyped(orders.get(i)));
            }
            List<Heard<String>> texts = jsonListeners(node);

            node.post("orders", new Order(3), Reach.GLOBAL);

            assertThat(shared(orders)).isEqualTo(new Order(3));
            assertThat(shared(texts)).isEqualTo("{\"number\":3}");
            assertThat(node.get(CountingCodec.class).encoded).hasValue(1);
            assertThat(node.get(CountingCodec.class).decoded).hasValue(1);
        }
    }

    private static List<Heard<String>> jsonListeners(Node node) {
        List<Heard<String>> texts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Heard<String> text = new Heard<>();
            texts.add(text);
            node.bus()
                    .open("reader " + i)
                    .add("orders", ChannelEvent.class, event -> text.onMessage(((ChannelEvent) event).json()));
        }
        return texts;
    }

    /** The one object that all have heard. */
    private static <T> T shared(List<Heard<T>> all) {
        all.forEach(each -> each.await(1));
        T first = all.get(0).all().get(0);
        assertThat(all).allSatisfy(each -> assertThat(each.all().get(0)).isSameAs(first));
        return first;
    }

    @SuppressWarnings("unchecked") // the bus gives it orders alone
    private static Heard<Object> untyped(Heard<Order> heard) {
        return (Heard<Object>) (Heard<?>) heard;
    }
}
