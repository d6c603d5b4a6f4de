package io.github.cdimessages.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Messages;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import jakarta.enterprise.context.ContextNotActiveException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream whose messages are asked for one by one. */
class PulledStreamTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    record Order(int number) {}

    private final Node node = Node.with();
    private final Messages wide = node.applicationWide();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void givesWhatWasPostedSinceItWasMade() throws Exception {
        wide.postMessage("orders", new Order(0));
        MessageStream<Order> stream = wide.createStream("orders", Order.class);

        post(1, 2);

        assertThat(stream.next(LONG)).contains(new Order(1));
        assertThat(stream.next(Duration.ofSeconds(-1))).contains(new Order(2));
        assertThat(stream.next(Duration.ZERO)).isEmpty();
        assertThat(stream.next(Duration.ofMillis(2))).isEmpty();
    }

    @Test
    void waitsForTheNextMessage() throws Exception {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        FutureTask<Optional<Order>> waiting = waitingFor(() -> stream.next(Duration.ofDays(1_000_000)));

        post(1);

        assertThat(waiting.get()).contains(new Order(1));
    }

    @Test
    void givesNothingToWhoWaitsWhenItIsClosed() throws Exception {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        FutureTask<Optional<Order>> waiting = waitingFor(() -> stream.next(LONG));

        stream.close();

        assertThat(waiting.get()).isEmpty();
    }

    @Test
    void interruptsWhoWaits() throws Exception {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        List<Exception> thrown = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                stream.next(LONG);
            } catch (InterruptedException e) {
                thrown.add(e);
            }
        });
        thread.start();
        awaitSleepOf(thread);

        thread.interrupt();
        thread.join();

        assertThat(thrown).hasSize(1);
    }

    @Test
    void givesWhatIsLeftAfterItWasClosedAndTakesNoMore() throws Exception {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        post(1, 2);

        stream.close();
        stream.close();
        post(3);

        assertThat(stream.isClosed()).isTrue();
        assertThat(node.bus().channelCount()).isZero();
        assertThat(all(stream)).containsExactly(new Order(1), new Order(2));
    }

    @Test
    void givesWhatIsLeftAfterItsSessionHasEnded() throws Exception {
        MessageStream<Order> stream = node.inRequest(() -> {
            MessageStream<Order> made = node.messages().createStream("orders", Order.class);
            post(1, 2);
            assertThat(made.isClosed()).isFalse();
            return made;
        });
        post(3);

        assertThat(stream.isClosed()).isTrue();
        assertThat(node.bus().channelCount()).isZero();
        assertThat(all(stream)).containsExactly(new Order(1), new Order(2));
    }

    @Test
    void hearsMessagesWhileItsOwnSessionsListenerWaitsForThem() {
        MessageStream<Order> answers = wide.createStream("answers", Order.class);
        Heard<Order> heard = new Heard<>();
        wide.addListener("orders", Order.class, order -> {
            wide.postMessage("answers", new Order(order.number() + 1));
            heard.onMessage(answers.next(LONG).orElseThrow());
        });

        post(1);

        heard.await(1);
        assertThat(heard.all()).containsExactly(new Order(2));
    }

    @Test
    void givesEachMessageToOneOfSeveralThreads() throws Exception {
        int count = 50_000;
        MessageStream<Order> stream = wide.createStream("orders", Order.class, count, OverflowPolicy.DROP_NEWEST);
        ConcurrentLinkedQueue<Integer> taken = new ConcurrentLinkedQueue<>();
        List<FutureTask<Boolean>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            takers.add(started(() -> {
                all(stream).forEach(order -> taken.add(order.number()));
                return true;
            }));
        }
        IntStream.range(0, count).forEach(this::post);
        stream.close();
        for (FutureTask<Boolean> taker : takers) {
            assertThat(taker.get()).isTrue();
        }
        assertThat(taken).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void isReadyAtOnceWithoutRedisAndFailsToBeOnceItIsClosed() {
        MessageStream<Order> stream = wide.createStream("orders", Order.class);
        assertThat(stream.ready().toCompletableFuture()).isCompleted();
        MessageStream<Order> closed = wide.createStream("orders", Order.class);
        closed.close();
        assertThat(closed.ready().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void isRefusedWhereNothingCanListenOrTheArgumentsAreWrong() {
        assertThatExceptionOfType(ContextNotActiveException.class)
                .isThrownBy(() -> node.messages().createStream("orders", Order.class))
                .withMessageContaining("@ApplicationWide");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wide.createStream("orders", Order.class, 0, OverflowPolicy.DROP_OLDEST))
                .withMessageContaining("orders")
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> wide.createStream(" ", Order.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wide.createStream("orders", List.class))
                .withMessageContaining("type parameters");
        BusSession ended = node.bus().open("a session");
        ended.end();
        assertThatIllegalStateException()
                .isThrownBy(() -> ended.stream("orders", Order.class))
                .withMessageContaining("a session has ended");
        assertThat(node.bus().channelCount()).isZero();
    }

    private void post(int... numbers) {
        for (int number : numbers) {
            wide.postMessage("orders", new Order(number));
        }
    }

    private static List<Order> all(MessageStream<Order> stream) throws InterruptedException {
        List<Order> all = new ArrayList<>();
        for (Optional<Order> next = stream.next(LONG); next.isPresent(); next = stream.next(LONG)) {
            all.add(next.get());
        }
        return all;
    }

    private static <V> FutureTask<V> started(Callable<V> work) {
        FutureTask<V> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    private static <V> FutureTask<V> waitingFor(Callable<V> work) {
        FutureTask<V> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.start();
        awaitSleepOf(thread);
        return task;
    }

    private static void awaitSleepOf(Thread thread) {
        Awaitility.await().atMost(LONG).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
