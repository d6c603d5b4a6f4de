package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.TransportLost;
import io.github.cdimessages.TransportRestored;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.RedisServerFixture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an application is told of a connection that breaks and comes back. */
class TransportEventsTest {
    public record Order(int number) {}

    @ApplicationScoped
    public static class Observer {
        // Mutable state: concurrent
        private final List<Object> told = new CopyOnWriteArrayList<>();

        void lost(@Observes TransportLost event) {
            told.add(event);
        }

        void restored(@Observes TransportRestored event) {
            told.add(event);
        }

        void gap(@Observes ChannelGap event) {
            told.add(event);
        }

        public List<Object> told() {
            return told;
        }
    }

    @Test
    void eachChangeIsAnEventAndSoIsEachGap() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.configured(
                        Map.of("messages.redis.uri", redis.uri(), "messages.redis.recovery", "off"), Observer.class)) {
            Node.ready(a.applicationWide().addListener("orders", Order.class, new Heard<>()));
            List<Object> told = a.get(Observer.class).told();
            assertThat(told).isEmpty();
            String subscriber = redis.connections().stream()
                    .filter(line -> line.contains("subscriber"))
                    .findFirst()
                    .orElseThrow();
            redis.killConnection(subscriber);
            await().until(() -> told.size() == 3);
            assertThat(told.get(0))
                    .isInstanceOfSatisfying(
                            TransportLost.class,
                            lost -> assertThat(lost.cause()).isNotBlank());
            assertThat(told).hasAtLeastOneElementOfType(TransportRestored.class);
            assertThat(told)
                    .filteredOn(ChannelGap.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ChannelGap.class, gap -> assertThat(gap.channel()).isEqualTo("orders"));
        }
    }
}
