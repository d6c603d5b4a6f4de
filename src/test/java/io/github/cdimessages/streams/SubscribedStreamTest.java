package io.github.cdimessages.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Messages;
import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Taken;
import io.github.cdimessages.testing.Told;
import jakarta.enterprise.context.RequestScoped;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream whose messages are given to a subscriber. */
class SubscribedStreamTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    record Order(int number) {}

    static class Marked {}

    /** A bean of the application that can be used only where a request context is active. */
    @RequestScoped
    static class PerRequest {
        String name() {
            return "used";
        }
    }

    private final Node node = Node.configured(Map.of("messages.inbox.capacity", "2"), Told.class, PerRequest.class);
    private final Messages wide = node.applicationWide();
    private final Told told = node.get(Told.class);
    private final BusSession session = node.bus().openExclusive("a session", () -> {});

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void givesWhatWasPostedBeforeAndAfterSubscribing() {
        MessageStream<Order> stream = session.stream("orders", Order.class);
        Taken<Order> taken = new Taken<>(3);
        post(1, 2);

        stream.subscribe(taken);
        taken.await(2);
        post(3, 4);
        taken.await(3);
        stream.close();

        assertThat(taken.all()).containsExactly(new Order(1), new Order(2), new Order(3));
        assertThat(taken.ends()).isZero();
        taken.subscription().request(1);
        taken.awaitEnd();
        assertThat(taken.all()).endsWith(new Order(4)).hasSize(4);
        assertThat(taken.problem()).isNull();
    }

    @Test
    void completesAfterWhatIsBufferedWhenItsSessionEnds() {
        MessageStream<Order> stream = session.stream("orders", Order.class);
        Taken<Order> taken = new Taken<>(1) {
            @Override
            public synchronized void onNext(Order message) {
                assertThat(node.get(PerRequest.class).name()).isEqualTo("used");
                super.onNext(message);
            }
        };
        stream.subscribe(taken);
        post(1, 2, 3);
        taken.await(1);

        session.end();
        post(4);

        assertThat(node.bus().channelCount()).isZero();
        taken.subscription().request(Long.MAX_VALUE);
        taken.awaitEnd();
        assertThat(taken.all()).containsExactly(new Order(1), new Order(2), new Order(3));
        assertThat(taken.problem()).isNull();
        assertThat(node.bus().failureCount()).isZero();
    }

    @Test
    void completesWhoSubscribesAfterTheEnd() {
        MessageStream<Order> stream = session.stream("orders", Order.class);
        post(1);
        session.end();
        Taken<Order> taken = new Taken<>(9);

        stream.subscribe(taken);

        taken.awaitEnd();
        assertThat(taken.all()).containsExactly(new Order(1));
    }

    @Test
    void hasOneConsumer() throws Exception {
        MessageStream<Order> stream = session.stream("orders", Order.class);
        FutureTask<Boolean> waiting = new FutureTask<>(() -> stream.next(LONG).isPresent());
        Thread thread = new Thread(waiting);
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        Taken<Order> first = new Taken<>(9);
        Taken<Order> second = new Taken<>(9);

        stream.subscribe(first);
        stream.subscribe(second);
        post(1);

        first.await(1);
        assertThat(second.problem())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("channel 'orders'")
                .hasMessageContaining("create another stream");
        assertThat(second.all()).isEmpty();
        assertThat(second.ends()).isEqualTo(1);
        assertThat(waiting).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(IllegalStateException.class);
        assertThatIllegalStateException().isThrownBy(() -> stream.next(LONG)).withMessageContaining("subscriber");
        assertThat(first.ends()).isZero();
        assertThat(stream.forEach(order -> {}).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void givesNothingWhileACallbackOrAListenerOfItsSessionRuns() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable visit = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            for (int i = 0; i < 200; i++) {
                Thread.onSpinWait();
            }
            inside.decrementAndGet();
        };
        Taken<Order> taken = new Taken<>(Long.MAX_VALUE) {
            @Override
            public synchronized void onNext(Order message) {
                visit.run();
                super.onNext(message);
            }
        };
        session.stream("orders", Order.class).subscribe(taken);
        session.add("orders", Order.class, message -> visit.run());
        for (int i = 0; i < 2_000; i++) {
            post(i);
            session.call(() -> {
                visit.run();
                return null;
            });
        }
        taken.await(2_000);
        assertThat(most).hasValue(1);
    }

    @Test
    void goesOnWhenTheInboxOfItsSessionDropsMessages() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        session.add("orders", Order.class, order -> go.await(120, TimeUnit.SECONDS));
        Taken<Order> taken = new Taken<>(Long.MAX_VALUE);
        session.stream("orders", Order.class).subscribe(taken);

        for (int i = 0; i < 100; i++) {
            post(i);
        }
        go.countDown();

        taken.await(100);
    }

    @Test
    void isClosedWhenItsSubscriberThrowsAndTells() {
        Taken<Order> taken = new Taken<>(9) {
            @Override
            public synchronized void onNext(Order message) {
                super.onNext(message);
                throw new IllegalArgumentException("on purpose");
            }
        };
        MessageStream<Order> stream = session.stream("orders", Order.class);
        post(1, 2);

        stream.subscribe(taken);

        assertThat(told.awaitFailure().listener()).isSameAs(taken);
        assertThat(told.awaitFailure().cause()).hasMessage("on purpose");
        assertThat(told.awaitFailure().messageId()).isNotNull();
        assertThat(stream.isClosed()).isTrue();
        assertThat(taken.all()).containsExactly(new Order(1));
        assertThat(taken.ends()).isZero();
        assertThat(node.bus().failureCount()).isEqualTo(1);
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void isFreeOfItsMessagesAndItsSubscriberWhenCancelled() {
        Taken<Object> taken = new Taken<>(0);
        MessageStream<Object> stream = session.stream("orders", Object.class);
        stream.subscribe(taken);
        Object message = new Marked();
        wide.postMessage("orders", message);
        Flow.Subscription subscription = taken.subscription();

        subscription.cancel();
        subscription.cancel();
        subscription.request(1);

        assertThat(stream.isClosed()).isTrue();
        assertThat(node.bus().channelCount()).isZero();
        WeakReference<Object> gone = new WeakReference<>(message);
        message = null;
        WeakReference<Object> subscriber = new WeakReference<>(taken);
        taken = null;
        Awaitility.await("garbage").atMost(LONG).until(() -> {
            System.gc();
            return gone.get() == null && subscriber.get() == null;
        });
        assertThat(stream.isClosed()).isTrue();
        subscription.request(1);
    }

    private void post(int... numbers) {
        for (int number : numbers) {
            wide.postMessage("orders", new Order(number));
        }
    }
}
