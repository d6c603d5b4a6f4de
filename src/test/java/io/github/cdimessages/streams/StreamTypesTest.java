package io.github.cdimessages.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Messages;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Taken;
import io.github.cdimessages.testing.Told;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream makes of messages of several types. */
public class StreamTypesTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    public record Order(int number) {}

    record Parcel(int number) {}

    private final Node node = Node.with(Told.class);
    private final Messages wide = node.applicationWide();
    private final Told told = node.get(Told.class);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void leavesOutMessagesOfOtherTypesAndTellsOnce() throws Exception {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        wide.postMessage("orders", new Parcel(1));
        wide.postMessage("orders", new Parcel(2));
        post(3);

        assertThat(stream.next(LONG)).contains(new Order(3));
        assertThat(node.bus().failureCount()).isEqualTo(2);
        assertThat(told.awaitFailure().listener()).isSameAs(stream);
        assertThat(told.awaitFailure().cause()).hasMessageContaining(Parcel.class.getName());
        assertThat(told.failures()).hasSize(1);
    }

    @Test
    void leavesOutAMessageThatCanNotBeReadAndTells() throws Exception {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        arrives("{not JSON");
        arrives("{\"number\":4}");

        assertThat(stream.next(LONG)).contains(new Order(4));
        assertThat(node.bus().failureCount()).isEqualTo(1);
        assertThat(told.awaitFailure().json()).isEqualTo("{not JSON");
        assertThat(told.awaitFailure().listener()).isSameAs(stream);
    }

    @Test
    void ofChannelEventsGivesTheEnvelopes() throws Exception {
        MessageStream<ChannelEvent> stream = wide.createStream("orders", ChannelEvent.class);
        post(1);
        wide.postMessage("orders", new Parcel(2));

        assertThat(stream.next(LONG).orElseThrow().payload()).isEqualTo(new Order(1));
        assertThat(stream.next(LONG).orElseThrow().payload()).isEqualTo(new Parcel(2));
    }

    @Test
    void asksNothingOfASubscriberForWhatItLeavesOut() {
        Taken<Order> taken = new Taken<>(2);
        wide.createStream("orders", Order.class).subscribe(taken);
        post(1);
        wide.postMessage("orders", new Parcel(2));
        arrives("{not JSON");
        post(3, 4);

        taken.await(2);
        assertThat(taken.all()).containsExactly(new Order(1), new Order(3));
        assertThat(told.awaitFailure().listener()).isSameAs(taken);
        assertThat(node.bus().failureCount()).isEqualTo(2);
    }

    private void post(int... numbers) {
        for (int number : numbers) {
            wide.postMessage("orders", new Order(number));
        }
    }

    private void arrives(String json) {
        node.bus()
                .received(new Envelope(
                        "orders", Order.class.getName(), "elsewhere", 1, 0, ByteBuffer.wrap(json.getBytes(UTF_8))));
    }
}
