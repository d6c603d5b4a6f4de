package io.github.cdimessages.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two servers in this JVM and one real Redis. */
class TwoNodesTest {
    public record Order(int number) {}

    @Singleton
    static class Observer {
        final Heard<Order> orders = new Heard<>();
        final Heard<DeliveryFailure> failures = new Heard<>();

        void order(@Observes @Channel("orders") Order order) {
            orders.onMessage(order);
        }

        void failure(@Observes DeliveryFailure failure) {
            failures.onMessage(failure);
        }
    }

    @Test
    void aGlobalMessageReachesEveryListenerAndObserverOnBothNodesOnceAndInOrder() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a");
                Node b = Node.withRedis(redis, "node-b", Observer.class)) {
            Heard<Order> onA = new Heard<>();
            Heard<Order> onB = new Heard<>();
            Heard<ChannelEvent> envelopes = new Heard<>();
            Node.ready(a.applicationWide().addListener("orders", Order.class, onA));
            Node.ready(b.applicationWide().addListener("orders", Order.class, onB));
            Node.ready(b.applicationWide().addListener("orders", envelopes));

            Order[] orders = IntStream.range(0, 1_000).mapToObj(Order::new).toArray(Order[]::new);
            PostResult last = null;
            for (Order order : orders) {
                last = a.messages()
                        .postMessage("orders", order, Reach.GLOBAL)
                        .toCompletableFuture()
                        .get(120, SECONDS);
            }

            onA.await(1_000);
            onB.await(1_000);
            envelopes.await(1_000);
            b.get(Observer.class).orders.await(1_000);
            assertThat(onA.all()).containsExactly(orders);
            assertThat(onB.all()).containsExactly(orders);
            assertThat(b.get(Observer.class).orders.all()).containsExactly(orders);
            ChannelEvent envelope = envelopes.all().get(999);
            assertThat(envelope.messageId()).isEqualTo(last.messageId());
            assertThat(envelope.origin()).startsWith("node-a-");
            assertThat(envelope.reach()).isEqualTo(Reach.GLOBAL);
            assertThat(envelope.json()).isEqualTo("{\"number\":999}");
            assertThat(last.reached()).isEqualTo(Reach.GLOBAL);
        }
    }

    @Test
    void aLocalMessageStaysOnItsServerAndNeverTouchesRedis() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a");
                Node b = Node.withRedis(redis, "node-b")) {
            Heard<Order> onA = new Heard<>();
            Heard<Order> onB = new Heard<>();
            Node.ready(a.applicationWide().addListener("orders", Order.class, onA));
            Node.ready(b.applicationWide().addListener("orders", Order.class, onB));
            a.post("others", new Order(0), Reach.GLOBAL); // with its first post, a server tells that it is there
            b.post("others", new Order(0), Reach.GLOBAL);
            String before = publishes(redis);

            a.messages().postMessage("orders", new Order(1));
            onA.await(1);
            assertThat(publishes(redis)).isEqualTo(before);

            a.post("orders", new Order(2), Reach.GLOBAL);
            onB.await(1);
            assertThat(onB.all()).containsExactly(new Order(2));
        }
    }

    @Test
    void garbageOnAChannelIsAnnouncedAndTheNextGoodMessageArrivesOverTheSameConnection() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a", Observer.class)) {
            Heard<Order> heard = new Heard<>();
            Node.ready(a.applicationWide().addListener("orders", Order.class, heard));
            List<String> connections = redis.lastingConnections();

            redis.raw(jedis -> jedis.publish("cdi-messages:channel:orders", "{\"no\":\"envelope\"}"));
            redis.raw(jedis -> jedis.publish("cdi-messages:channel:orders".getBytes(UTF_8), new byte[0]));
            a.post("orders", new Order(1), Reach.GLOBAL);

            heard.await(1);
            a.get(Observer.class).failures.await(2);
            assertThat(a.get(Observer.class).failures.all())
                    .allSatisfy(failure -> assertThat(failure.channel()).isEqualTo("orders"));
            assertThat(redis.lastingConnections()).isEqualTo(connections);
        }
    }

    @Test
    void theFirstListenerOfAChannelSubscribesAndTheLastUnsubscribes() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.withRedis(redis, "node-a")) {
            Heard<Order> one = new Heard<>();
            Heard<Order> two = new Heard<>();
            Subscription first = a.applicationWide().addListener("orders", Order.class, one);
            Subscription second = a.applicationWide().addListener("orders", Order.class, two);
            Node.ready(first);
            assertThat(channels(redis)).contains("cdi-messages:channel:orders");

            first.close();
            a.post("orders", new Order(1), Reach.GLOBAL);
            two.await(1);
            second.close();

            await().until(() -> !channels(redis).contains("cdi-messages:channel:orders"));
            assertThat(one.all()).isEmpty();
        }
    }

    private static List<String> channels(RedisServerFixture redis) {
        return redis.raw(jedis -> jedis.pubsubChannels());
    }

    private static String publishes(RedisServerFixture redis) {
        return redis.raw(jedis -> jedis.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_publish"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .findFirst()
                .orElse("none");
    }
}
