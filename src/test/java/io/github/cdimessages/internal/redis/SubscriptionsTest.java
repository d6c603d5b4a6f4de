package io.github.cdimessages.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.internal.redis.settings.ChannelNames;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final ChannelNames names = new ChannelNames("test");
    private final Subscriptions subscriptions =
            new Subscriptions(names, new Outbox(), new Settlement(Runnable::run, new Budget(10, 1_000)));

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

    @Test
    void aChannelThatIsGivenUpAndWantedAgainAtOnceIsReadyAgain() {
        subscriptions.subscribe("orders");
        int era = subscriptions.connected();
        assertThat(subscriptions.next(era)).isNotNull();
        subscriptions.subscribed("orders");
        subscriptions.unsubscribe("orders");
        CompletableFuture<Void> again = subscriptions.subscribe("orders").toCompletableFuture();
        Change change = subscriptions.next(era);
        assertThat(change.subscribes).isTrue();
        subscriptions.subscribed("orders");
        assertThat(again).isCompleted();
        assertThat(subscriptions.next(era)).isNull();
    }

    @Test
    void whatIsRefusedInCompanyIsOwedUntilItIsHeardAgain() {
        heard("allowed", "forbidden");
        int era = subscriptions.connected();
        Change both = subscriptions.next(era);
        subscriptions.refused(both, "NOPERM");
        assertThat(subscriptions.owed(true)).isNull();
        for (Change one = subscriptions.next(era); one != null; one = subscriptions.next(era)) {
            assertThat(one.channels).hasSize(1);
            assertThat(subscriptions.owed(true)).isNull();
            String channel = names.here(one.channels.get(0));
            if (channel.equals("allowed")) {
                subscriptions.subscribed(channel);
            } else {
                subscriptions.refused(one, "NOPERM");
            }
        }
        assertThat(subscriptions.owed(true)).containsExactly("allowed");
    }

    @Test
    void whatWasRefusedWhileTheOthersWereRecoveredHasAGapOnceItIsHeard() {
        heard("allowed", "forbidden");
        subscriptions.connected();
        subscriptions.subscribed("allowed");
        subscriptions.refused(new Change(true, List.of(names.inRedis("forbidden"))), "NOPERM");
        assertThat(subscriptions.owed(true)).containsExactly("allowed");
        subscriptions.recovered();
        subscriptions.subscribed("allowed");
        subscriptions.subscribed("forbidden");
        assertThat(subscriptions.wasMissing("allowed")).isFalse();
        assertThat(subscriptions.wasMissing("forbidden")).isTrue();
        assertThat(subscriptions.wasMissing("forbidden")).isFalse();
    }

    private void heard(String... channels) {
        for (String channel : channels) {
            subscriptions.subscribe(channel);
        }
        subscriptions.connected();
        for (String channel : channels) {
            subscriptions.subscribed(channel);
        }
        subscriptions.lost();
    }
}
