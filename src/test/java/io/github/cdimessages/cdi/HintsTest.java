package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.Node;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

/** What the library tells a developer who fell into one of the usual traps, and the contexts that spare others. */
class HintsTest {
    record Order(int number) {}

    @Singleton
    static class Echo {
        private final Messages messages;
        final Heard<Order> heard = new Heard<>();

        @Inject
        Echo(Messages messages) {
            this.messages = messages;
        }

        void order(@Observes @Channel("orders") Order order) {
            heard.onMessage(order);
            if (order.number() > 0) {
                messages.postMessage("orders", new Order(order.number() - 1));
            }
        }
    }

    @RequestScoped
    static class Counter {
        private int count;

        int increment() {
            return ++count;
        }
    }

    @Test
    void aListenerThatItsRequestRemovedBeforeItWasCalledIsToldOfOncePerPlace() {
        try (Node node = Node.with();
                LogFixture log = LogFixture.named("io.github.cdimessages")) {
            for (int i = 0; i < 3; i++) {
                node.inRequest(() -> node.messages().addListener("orders", Order.class, order -> {}));
            }
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("channel 'orders'")
                            .contains("HintsTest")
                            .contains("@ApplicationWide"));
        }
    }

    @Test
    void anObserverThatPostsToItsOwnChannelIsWarnedAboutAndStillCalled() {
        try (Node node = Node.with(Echo.class);
                LogFixture log = LogFixture.named("io.github.cdimessages")) {
            node.messages().postMessage("orders", new Order(3));

            node.get(Echo.class).heard.await(4);
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("channel 'orders'")
                            .contains("an observer posts to the channel that it observes"));
        }
    }

    @Singleton
    static class EchoOfAll {
        private final Messages messages;
        final Heard<Order> heard = new Heard<>();

        @Inject
        EchoOfAll(Messages messages) {
            this.messages = messages;
        }

        void any(@Observes ChannelEvent event) {
            Order order = event.payload(Order.class);
            heard.onMessage(order);
            if (order.number() > 0) {
                messages.postMessage(event.channel(), new Order(order.number() - 1));
            }
        }
    }

    @Test
    void anObserverOfEveryChannelThatPostsIsWarnedAboutToo() {
        try (Node node = Node.with(EchoOfAll.class);
                LogFixture log = LogFixture.named("io.github.cdimessages")) {
            node.messages().postMessage("orders", new Order(3));

            node.get(EchoOfAll.class).heard.await(4);
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("channel 'orders'"));
        }
    }

    @Singleton
    static class Asker {
        private final Messages messages;
        final Heard<Subscription> added = new Heard<>();

        @Inject
        Asker(Messages messages) {
            this.messages = messages;
        }

        void order(@Observes @Channel("orders") Order order) {
            added.onMessage(messages.addListener("answers", Order.class, answer -> {}));
        }
    }

    @Test
    void whatAnObserverAddsEndsWithTheRequestOfItsCall() {
        try (Node node = Node.with(Asker.class)) {
            node.messages().postMessage("orders", new Order(1));

            Asker asker = node.get(Asker.class);
            asker.added.await(1);
            await().until(() -> !asker.added.all().get(0).isActive());
            assertThat(node.bus().listenerCount("answers")).isZero();
        }
    }

    @Test
    void eachCallOfAListenerHasARequestContextOfItsOwn() {
        try (Node node = Node.with(Counter.class)) {
            Counter counter = node.get(Counter.class);
            Heard<Integer> counts = new Heard<>();
            node.applicationWide().addListener("orders", Order.class, order -> {
                counter.increment();
                counts.onMessage(counter.increment());
            });

            node.messages().postMessage("orders", new Order(1));
            node.messages().postMessage("orders", new Order(2));

            counts.await(2);
            assertThat(counts.all()).containsExactly(2, 2);
        }
    }
}
