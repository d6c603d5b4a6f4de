package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A recovery that fails, or takes too long, costs a gap and nothing else. */
class RecoveryFaultsTest {
    private static final Duration MOST = Duration.ofSeconds(5);

    @AutoClose
    private final RedisServerFixture redis = RedisServerFixture.started();

    @Test
    void anErrorWhileTheLogsAreReadLeavesAServerThatHears() throws Exception {
        Listener listener = new Listener() {
            private boolean thrown;

            @Override
            public void gap(String channel, String origin, long missed, String cause) {
                if (!thrown) {
                    thrown = true;
                    throw new OutOfMemoryError("provoked");
                }
                super.gap(channel, origin, missed, cause);
            }
        };
        try (LogFixture log = LogFixture.of(RecoveryLoop.class)) {
            missesMany(listener, "90");
            await().until(() -> !listener.gaps.isEmpty());
            assertThat(listener.gaps).singleElement().asString().contains("recovery has failed");
            assertThat(log.lines()).singleElement().asString().contains("given up with a gap");
        }
    }

    @Test
    void aRecoveryThatTakesTooLongIsGivenUpWithAGap() throws Exception {
        Listener listener = new Listener() {
            private long firstAt;

            @Override
            public void received(Envelope envelope) {
                super.received(envelope);
                if (envelope.json().equals("1")) {
                    firstAt = System.nanoTime();
                    await().until(() -> System.nanoTime() - firstAt > MOST.toNanos());
                }
            }
        };
        missesMany(listener, "1000");
        assertThat(listener.gaps).singleElement().asString().contains("could not be read in time");
        assertThat(listener.heard).contains("1").doesNotContain("100");
    }

    @Test
    void logsThatCouldNotBeReadAtTheStartAreAGapOnceAndAreReadLater() throws Exception {
        try (Node a = Node.started("a", redis)) {
            a.post("busy", "before b").get(10, SECONDS);
            redis.raw(jedis ->
                    jedis.aclSetUser("b", "on", "nopass", "allcommands", "-hgetall", "allkeys", "allchannels"));
            Node node =
                    Node.started("b", redis, "messages.redis.uri", redis.uri().replace("//", "//b:any@"));
            try (CutOff b = CutOff.of(node, redis)) {
                node.listen("busy");
                await().until(() -> !node.gaps.isEmpty() || node.transport.isReachable());
                redis.raw(jedis -> jedis.aclSetUser("b", "+hgetall"));
                int before = node.gaps.size();

                b.cut();
                a.post("busy", "1").get(10, SECONDS);
                b.mend();
                Posters.postUntilHeard(a, node, "2"); // until the logs are found, what comes is of the gap
                assertThat(node.gaps).hasSize(before + 1).last().asString().contains("when it had started");

                b.cut();
                a.post("busy", "3").get(10, SECONDS);
                b.mend();
                await().until(() -> node.hasHeard("3"));
                assertThat(node.gaps).hasSize(before + 1);
            }
        }
    }

    /**
     * Is cut off while 100 messages are posted, more than one page, of which the log keeps some; hears what comes then.
     */
    private void missesMany(Listener listener, String kept) throws Exception {
        redis.raw(jedis -> jedis.aclSetUser("b", "on", "nopass", "allcommands", "allkeys", "allchannels"));
        RedisSettings settings =
                Node.settings(redis, "messages.redis.uri", redis.uri().replace("//", "//b:any@"));
        Timing usual = settings.timing();
        Timing timing = new Timing(usual.connect(), usual.ping(), usual.answer(), usual.write(), MOST, MOST);
        RedisTransport b = new RedisTransport(settings, Thread::new, Runnable::run, timing);
        b.start(listener);
        try (Node a = Node.started("a", redis, "messages.redis.recovery.count", kept)) {
            b.subscribe("busy").toCompletableFuture().get(10, SECONDS);
            redis.raw(jedis -> jedis.aclSetUser("b", "off"));
            redis.connections().stream()
                    .filter(line -> line.contains(" user=b "))
                    .forEach(redis::killConnection);
            await().until(() -> !b.isReachable());
            for (int i = 1; i <= 100; i++) {
                a.post("busy", String.valueOf(i)).get(10, SECONDS);
            }
            redis.raw(jedis -> jedis.aclSetUser("b", "on"));
            await().until(() -> {
                a.post("busy", "live").get(10, SECONDS);
                return listener.heard.contains("live");
            });
        } finally {
            b.stop();
        }
    }

    private static class Listener extends SilentReceiver {
        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        final Queue<String> gaps = new ConcurrentLinkedQueue<>();

        @Override
        public void received(Envelope envelope) {
            heard.add(envelope.json());
        }

        @Override
        public void gap(String channel, String origin, long missed, String cause) {
            gaps.add(cause);
        }
    }
}
