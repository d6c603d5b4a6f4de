package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a listener begins and ends to hear. */
class LifetimeTest {
    record Order(int number) {}

    private final Node node = Node.with();
    private final Messages messages = node.messages();
    private final Heard<Order> heard = new Heard<>();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aListenerOfARequestHearsWhileTheRequestLasts() {
        node.inRequest(() -> {
            Subscription subscription = messages.addListener("orders", Order.class, heard);
            messages.postMessage("orders", new Order(1));
            heard.await(1);
            assertThat(subscription.isActive()).isTrue();
            return subscription;
        });
        assertThat(heard.all()).containsExactly(new Order(1));
    }

    @Test
    void aListenerOfARequestIsGoneWhenTheRequestHasEnded() {
        Subscription ended = node.inRequest(() -> messages.addListener("orders", Order.class, heard));

        assertThat(ended.isActive()).isFalse();
        assertThat(node.bus().listenerCount("orders")).isZero();
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void outsideOfASessionPostingWorksAndListeningSaysWhereItWould() {
        node.applicationWide().addListener("orders", Order.class, heard);

        messages.postMessage("orders", new Order(1));

        heard.await(1);
        assertThatExceptionOfType(ContextNotActiveException.class)
                .isThrownBy(() -> messages.addListener("orders", Order.class, heard))
                .withMessageContaining("channel 'orders'")
                .withMessageContaining("@ApplicationWide");
    }

    @Test
    void anApplicationWideListenerOutlivesTheRequestThatAddedIt() {
        node.inRequest(() -> node.applicationWide().addListener("orders", Order.class, heard));

        messages.postMessage("orders", new Order(1));

        heard.await(1);
    }

    @Test
    void aListenerThatAddsAnotherAddsItToItsOwnSession() {
        Heard<Order> added = new Heard<>();
        ChannelListener<Order> adds = order -> {
            messages.addListener("others", Order.class, added);
            heard.onMessage(order);
        };
        node.inRequest(() -> {
            messages.addListener("orders", Order.class, adds);
            messages.postMessage("orders", new Order(1));
            heard.await(1);
            messages.postMessage("others", new Order(2));
            added.await(1);
            return null;
        });
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void aClosedSubscriptionHearsNothing() {
        Heard<Order> other = new Heard<>();
        node.applicationWide().addListener("orders", Order.class, other);
        Subscription subscription = node.applicationWide().addListener("orders", Order.class, heard);

        subscription.close();
        subscription.close();
        messages.postMessage("orders", new Order(1));

        other.await(1);
        assertThat(heard.all()).isEmpty();
        assertThat(subscription.isActive()).isFalse();
    }

    @Test
    void removingTellsWhetherTheListenerWasThere() {
        Messages wide = node.applicationWide();
        wide.addListener("orders", Order.class, heard);

        assertThat(wide.removeListener("other", heard)).isFalse();
        assertThat(wide.removeListener("orders", heard)).isTrue();
        assertThat(wide.removeListener("orders", heard)).isFalse();
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void aListenerThatWasAddedTwiceIsCalledOnceAndOneRemovalRemovesIt() {
        Messages wide = node.applicationWide();
        wide.addListener("orders", Order.class, heard);
        wide.addListener("orders", Order.class, heard);
        wide.addListener("others", Order.class, heard);

        wide.postMessage("orders", new Order(1));
        wide.postMessage("others", new Order(2));
        heard.await(2);

        assertThat(heard.all()).containsExactly(new Order(1), new Order(2));
        assertThat(wide.removeListener("orders", heard)).isTrue();
        assertThat(node.bus().listenerCount("orders")).isZero();
        assertThat(node.bus().listenerCount("others")).isEqualTo(1);
    }

    @Test
    void afterTheApplicationHasEndedNothingCanBePosted() {
        Messages wide = node.applicationWide();
        wide.addListener("orders", Order.class, heard);
        var bus = node.bus();

        node.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> bus.post("orders", new Order(1), io.github.cdimessages.Reach.LOCAL))
                .withMessageContaining("ended");
        assertThat(bus.channelCount()).isZero();
    }

    @Test
    void whatCanNotBeAMessageIsRefusedAtTheCall() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> messages.postMessage("orders", List.of()))
                .withMessageContaining("type parameters");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> messages.postMessage(" ", new Order(1)))
                .withMessageContaining("blank");
    }
}
