package io.github.cdimessages.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

/** The examples do what README.md says of them. */
class ExamplesTest {
    private static final OrderPlaced ORDER = new OrderPlaced(17, "Ada");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aPostReachesTheListenersAndObserversOfAllServersByItsReach() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "a", Journal.class, Stock.class);
                Node b = Node.withRedis(redis, "b", Journal.class, Stock.class)) {
            await().atMost(PATIENCE)
                    .until(() -> redis.raw(jedis -> jedis.pubsubNumSub("cdi-messages:channel:orders"))
                            .containsValue(2L));
            await().atMost(PATIENCE)
                    .until(() -> a.post("warm-up", ORDER, Reach.AUTO).reached() == Reach.GLOBAL);

            new Posts(a.messages()).post(ORDER);

            await().atMost(PATIENCE)
                    .until(() -> orders(a).size() == 3 && orders(b).size() == 2);
            await().atMost(PATIENCE)
                    .until(() -> a.get(Stock.class).isReserved(17)
                            && b.get(Stock.class).isReserved(17));
            assertThat(a.get(Journal.class).lines())
                    .anyMatch(line -> line.matches("a-[a-z]{6}:\\d+ from a-[a-z]{6} at 2.*\"customer\":\"Ada\".*"));
        }
    }

    @Test
    void listenersWorkAsShownInARequest() {
        try (Node node = Node.with()) {
            node.inRequest(() -> {
                new Posts(node.messages()).listen();
                assertThat(node.bus().listenerCount("orders")).isEqualTo(1);
                return null;
            });
            assertThat(node.bus().listenerCount("orders")).isZero();
        }
    }

    @Test
    void aStreamIsPulledAsShown() throws Exception {
        try (Node node = Node.with()) {
            Messages wide = node.applicationWide();
            wide.addListener("orders", OrderPlaced.class, order -> wide.postMessage("answers", true));
            assertThat(new Streams(wide).ask(ORDER)).isTrue();
            assertThat(node.bus().listenerCount("answers")).isZero();
        }
    }

    @Test
    void announcementsAreObserved() throws Exception {
        Map<String, String> small = Map.of("messages.inbox.capacity", "1");
        try (Node node = Node.configured(small, Journal.class)) {
            Journal journal = node.get(Journal.class);
            CountDownLatch released = new CountDownLatch(1);
            ChannelListener<OrderPlaced> fails = order -> {
                released.await();
                throw new IllegalStateException("provoked");
            };
            Messages wide = node.applicationWide();
            wide.addListener("others", OrderPlaced.class, fails);

            for (int i = 0; i < 10; i++) {
                wide.postMessage("others", ORDER);
            }
            released.countDown();

            await().atMost(PATIENCE)
                    .until(() -> journal.lines().stream().anyMatch(line -> line.contains("failed on others")));
            await().atMost(PATIENCE)
                    .until(() -> journal.lines().stream().anyMatch(line -> line.contains("dropped on others")));
        }
    }

    @Test
    void weldWithDiscoveryFindsTheLibraryByItself() {
        try (WeldContainer container = new Weld().initialize()) {
            assertThat(container.select(Messages.class).isResolvable()).isTrue();
        }
    }

    private static List<String> orders(Node node) {
        return node.get(Journal.class).lines().stream()
                .filter("order 17"::equals)
                .toList();
    }
}
