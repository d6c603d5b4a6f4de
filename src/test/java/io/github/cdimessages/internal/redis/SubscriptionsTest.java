package io.github.cdimessages.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final Subscriptions subscriptions = new Subscriptions(
            new ChannelNames("test"), new Outbox(), new Settlement(Runnable::run, new Budget(10, 1_000)));

    @Test
    void whoIsHeldUpUntilItsConnectionIsGoneTakesNoCommandOfTheNext() {
        CompletableFuture<Void> ready = subscriptions.subscribe("orders").toCompletableFuture();
        int first = subscriptions.connected();
        subscriptions.lost();
        int second = subscriptions.connected();
        assertThat(subscriptions.next(first)).isNull();
        assertThat(subscriptions.next(second).channels).hasSize(1);
        assertThat(ready).isNotDone();
        subscriptions.subscribed("orders");
        assertThat(ready).isCompleted();
    }

    @Test
    void aSubscriptionIsReadyAgainOnlyWhenItsChannelIsConfirmedAgain() {
        subscriptions.subscribe("orders");
        subscriptions.connected();
        subscriptions.subscribed("orders");
        assertThat(subscriptions.subscribe("orders").toCompletableFuture()).isCompleted();
        subscriptions.lost();
        CompletableFuture<Void> again = subscriptions.subscribe("orders").toCompletableFuture();
        assertThat(again).isNotDone();
        subscriptions.connected();
        assertThat(again).isNotDone();
        subscriptions.subscribed("orders");
        assertThat(again).isCompleted();
    }
}
