package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.testing.FaultyProxy;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import org.junit.jupiter.api.Test;

class EchoTest {

    @Test
    void aServerWhoseConnectionsLeadToDifferentRedisDoesNotStayDeaf() throws Exception {
        try (RedisServerFixture first = RedisServerFixture.started();
                RedisServerFixture second = RedisServerFixture.started();
                FaultyProxy way = FaultyProxy.of(first);
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.quick("a", first, "messages.redis.uri", way.uri())) {
            a.listen("orders");
            way.leadTo(second);
            String subscriber = first.connections().stream()
                    .filter(line -> line.contains("subscriber"))
                    .findFirst()
                    .orElseThrow();
            first.killConnection(subscriber);
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("hears nothing of it")));
            await().until(() -> second.connections().size() == 2);
            a.post("orders", "1").get(10, SECONDS);
            await().until(() -> a.hasHeard("1"));
            await().until(() -> first.connections().isEmpty());
        }
    }

    @Test
    void aServerThatHearsItselfIsLeftInPeace() {
        Timing timing = Node.QUICK;
        Echo echo = new Echo(timing);
        echo.begin("a");
        long patience = timing.ping().multipliedBy(2).plus(timing.answer()).toNanos();
        echo.said(1);
        assertThat(echo.isMissing(2 + patience))
                .as("one that was heard before Redis' answer")
                .isFalse();
        echo.said(1);
        assertThat(echo.isMissing(1 + patience)).isFalse();
        assertThat(echo.isMissing(2 + patience)).isTrue();
        echo.heard(new Beacon("b", 1, false).write(false));
        echo.heard(new byte[] {1});
        assertThat(echo.isMissing(2 + patience)).isTrue();
        echo.heard(new Beacon("a", 1, false).write(false));
        assertThat(echo.isMissing(2 + patience)).isFalse();
    }
}
