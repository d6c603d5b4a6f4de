package io.github.cdimessages.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Taken;
import io.github.cdimessages.testing.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream does with messages for which it has no room. */
class StreamOverflowTest {
    record Order(int number) {}

    private final Node node = Node.configured(
            Map.of("messages.stream.capacity", "3", "messages.stream.overflow", "drop-newest"), Told.class);
    private final Told told = node.get(Told.class);
    private final AtomicInteger closed = new AtomicInteger();
    private final BusSession session = node.bus().openExclusive("a session", closed::incrementAndGet);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void itKeepsTheOldestWhereTheConfigurationSaysSo() throws Exception {
        MessageStream<Order> stream = node.applicationWide().createStream("orders", Order.class);
        post(10);

        assertThat(all(stream)).containsExactly(0, 1, 2);
        told.awaitDrops(7);
        assertThat(node.bus().failureCount()).isEqualTo(7);
    }

    @Test
    void itKeepsTheNewestWhereTheStreamSaysSo() throws Exception {
        MessageStream<Order> stream =
                node.applicationWide().createStream("orders", Order.class, 4, OverflowPolicy.DROP_OLDEST);
        post(10);

        assertThat(all(stream)).containsExactly(6, 7, 8, 9);
        told.awaitDrops(6);
        post(2);
        assertThat(all(stream)).containsExactly(0, 1);
        assertThat(told.drops()).isEqualTo(6);
    }

    @Test
    void everyDropIsCountedWhenSeveralPost() throws Exception {
        MessageStream<Order> stream = session.stream("orders", Order.class, 100, OverflowPolicy.DROP_OLDEST);
        List<Thread> posters = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> post(10_000)))
                .toList();
        posters.forEach(Thread::start);
        long taken = 0;
        while (posters.stream().anyMatch(Thread::isAlive)) {
            taken += stream.next(Duration.ZERO).isPresent() ? 1 : 0;
        }
        taken += all(stream).size();

        told.awaitDrops(40_000 - taken);
        assertThat(node.bus().failureCount()).isEqualTo(40_000 - taken);
    }

    @Test
    void itClosesTheSessionWhereTheStreamSaysSo() throws Exception {
        Taken<Order> other = new Taken<>(9);
        session.stream("orders", Order.class).subscribe(other); // the first: it is served before the session may end
        MessageStream<Order> stream = session.stream("orders", Order.class, 2, OverflowPolicy.CLOSE_SESSION);
        Taken<Order> taken = new Taken<>(0);
        stream.subscribe(taken);
        post(3);

        taken.awaitEnd();
        assertThat(taken.problem())
                .isInstanceOf(MessagesException.class)
                .hasMessage("channel 'orders': a stream of a session did not keep up: more than 2 message(s) waited"
                        + " in it");
        assertThat(taken.all()).isEmpty();
        other.awaitEnd();
        assertThat(other.all()).hasSize(3);
        assertThat(other.problem()).isNull();
        assertThat(session.isEnded()).isTrue();
        await().until(() -> closed.get() > 0);
        assertThat(closed).hasValue(1);
        told.awaitDrops(3);
        assertThat(node.bus().failureCount()).isEqualTo(3);
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void theApplicationGoesOnWithoutAStreamThatWouldCloseItsSession() throws Exception {
        Heard<Order> heard = new Heard<>();
        node.applicationWide().addListener("orders", Order.class, heard);
        MessageStream<Order> stream =
                node.applicationWide().createStream("orders", Order.class, 1, OverflowPolicy.CLOSE_SESSION);
        post(3);

        heard.await(3);
        assertThat(stream.isClosed()).isTrue();
        assertThat(all(stream)).isEmpty();
        await().until(() -> node.bus().listenerCount("orders") == 1);
        told.awaitDrops(2);
    }

    @Test
    void aWrongSettingIsRefusedAtDeployment() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> Node.configured(Map.of("messages.stream.overflow", "panic")))
                .withStackTraceContaining("messages.stream.overflow")
                .withStackTraceContaining("'panic'");
    }

    private void post(int count) {
        for (int i = 0; i < count; i++) {
            node.applicationWide().postMessage("orders", new Order(i));
        }
    }

    private static List<Integer> all(MessageStream<Order> stream) throws InterruptedException {
        List<Integer> all = new ArrayList<>();
        for (Optional<Order> next = stream.next(Duration.ZERO); next.isPresent(); next = stream.next(Duration.ZERO)) {
            all.add(next.get().number());
        }
        return all;
    }
}
