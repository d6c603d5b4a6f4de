package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A channel that Redis' access control forbids, now or from now on, when connections break. */
class ForbiddenChannelTest {
    private static final int OTHERS = 300;

    @AutoClose
    private final RedisServerFixture redis = RedisServerFixture.started();

    @Test
    void aForbiddenChannelCostsNoOtherAMessageWhenConnectionsBreak() throws Exception {
        allow("resetchannels", "&cdi-messages:sentinel", "&cdi-messages:channel:b*");
        try (Node a = Node.started("a", redis);
                Node b = Node.started("b", redis, "messages.redis.uri", shop());
                Posters posters = new Posters(a, 4, 10_000)) {
            for (int i = 0; i < OTHERS; i++) {
                b.listen("b" + i);
            }
            b.listen("busy");
            CompletableFuture<Void> closed = b.transport.subscribe("closed").toCompletableFuture();
            assertThatThrownBy(() -> closed.get(10, SECONDS)).hasMessageContaining("Redis refuses it");
            posters.start();
            while (posters.areBusy()) {
                CutOff.killSubscribers(redis);
            }
            posters.assertAllHeard(b);
            assertThat(b.gaps).isEmpty();
        }
    }

    @Test
    void aRightThatIsTakenAwayIsLoggedAndWhatIsMissedUntilItIsBackIsAGap() throws Exception {
        allow("allchannels");
        try (LogFixture log = LogFixture.of(Subscriptions.class);
                Node a = Node.started("a", redis);
                Node b = Node.started("b", redis, "messages.redis.uri", shop())) {
            b.listen("closed");
            b.listen("busy");
            allow("resetchannels", "&cdi-messages:sentinel", "&cdi-messages:channel:b*");
            CutOff.killSubscribers(redis); // Redis does so by itself only if single channels are withdrawn
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines()).singleElement().asString().contains("'closed': Redis refuses it");
            a.post("closed", "1").get(10, SECONDS);
            b.listen("busy");
            a.post("busy", "2").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("busy=2");
            assertThat(b.gaps).isEmpty();
            allow("&cdi-messages:channel:closed");
            await().until(() -> !b.gaps.isEmpty());
            a.post("closed", "3").get(10, SECONDS);
            assertThat(b.next()).isEqualTo("closed=3");
            assertThat(b.gaps).singleElement().satisfies(gap -> {
                assertThat(gap.channel()).isEqualTo("closed");
                assertThat(gap.cause()).isEqualTo(Subscriber.MISSING);
            });
        }
    }

    private String shop() {
        return redis.uri().replace("//", "//shop:any@");
    }

    private void allow(String... channels) {
        List<String> rules = new ArrayList<>(List.of("on", "nopass", "allcommands", "allkeys"));
        rules.addAll(List.of(channels));
        redis.raw(jedis -> jedis.aclSetUser("shop", rules.toArray(String[]::new)));
    }
}
