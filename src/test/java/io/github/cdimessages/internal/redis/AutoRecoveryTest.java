package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.internal.bus.BusParts;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.MessageTypes;
import io.github.cdimessages.internal.bus.Work;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** AUTO messages that fall back to their own server although Redis gets them in the end. */
class AutoRecoveryTest {
    /** Fewer than a server keeps in mind: the oldest of more would be told again. */
    private static final int MOST_UNHEARD = 4_000;

    @Test
    void aMessageThatFellBackIsHeardOnceHereAndByTheOthersFromTheLog() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Server a = new Server("a", redis, Node.QUICK);
                Server b = new Server("b", redis, Node.QUICK)) {
            a.listen();
            b.listen();
            await().until(a.transport::isReachable);
            redis.freeze();
            CompletableFuture<PostResult> posted =
                    a.bus.post("orders", "taken", Reach.AUTO).toCompletableFuture();
            assertThat(posted.get(10, SECONDS).reached()).isEqualTo(Reach.LOCAL);
            a.heard.await(1);
            await().until(() -> !a.transport.isReachable() && !b.transport.isReachable());
            redis.thaw();
            b.heard.await(1);
            await().until(a.transport::isReachable);
            b.bus.post("orders", "end", Reach.GLOBAL).toCompletableFuture().get(10, SECONDS);
            a.heard.await(2);
            b.heard.await(2);
            assertThat(a.heard.all()).containsExactly("taken", "end");
            assertThat(b.heard.all()).containsExactly("taken", "end");
        }
    }

    @Test
    void whatAThreadPostsIsHeardHereOnceAndInItsOrderWhateverBreaks() throws Exception {
        int each = 20_000;
        try (RedisServerFixture redis = RedisServerFixture.started();
                Server a = new Server("a", redis, Node.settings(redis).timing())) {
            a.listen();
            AtomicInteger posted = new AtomicInteger();
            List<Thread> posters = new ArrayList<>();
            for (String name : List.of("x", "y")) {
                Thread poster = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        a.bus.post("orders", name + i, Reach.AUTO);
                        a.heard.await(posted.incrementAndGet() - MOST_UNHEARD);
                        if (i % 10 == 0) {
                            LockSupport.parkNanos(1_000_000); // so that it takes longer than many breaks
                        }
                    }
                });
                poster.start();
                posters.add(poster);
            }
            while (posters.stream().anyMatch(Thread::isAlive)) {
                for (String kind : List.of("publisher", "subscriber", "cdi-messages")) {
                    await().until(a.transport::isReachable);
                    redis.connections().stream()
                            .filter(line -> line.contains(kind))
                            .forEach(redis::killConnection);
                }
            }
            a.heard.await(2 * each);
            await("a post that the last break does not hit").until(() -> a.accepts("end"));
            await().until(() -> a.heard.all().contains("end"));
            for (String name : List.of("x", "y")) {
                assertThat(a.heard.all().stream().filter(text -> text.toString().startsWith(name)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, each).mapToObj(i -> name + i).toList());
            }
        }
    }

    private static final class Server implements AutoCloseable {
        final ExecutorService threads = Executors.newCachedThreadPool();
        final Heard<Object> heard = new Heard<>();
        final RedisTransport transport;
        final MessageBus bus;

        Server(String name, RedisServerFixture redis, Timing timing) {
            transport = new RedisTransport(Node.settings(redis), Thread::new, threads, timing);
            MessageBus[] made = new MessageBus[1];
            made[0] = new MessageBus(new BusParts(
                    name,
                    100_000,
                    OverflowPolicy.DROP_OLDEST,
                    1_000,
                    OverflowPolicy.DROP_OLDEST,
                    new MessageTypes(),
                    new Text(),
                    new Workers(threads, 4, task -> task),
                    threads,
                    Work::run,
                    event -> made[0].dispatch(event),
                    event -> {},
                    transport));
            bus = made[0];
            transport.start(bus);
        }

        void listen() throws Exception {
            bus.declare(String.class);
            bus.application()
                    .add("orders", String.class, heard)
                    .ready()
                    .toCompletableFuture()
                    .get(10, SECONDS);
        }

        boolean accepts(String message) throws Exception {
            return bus.post("orders", message, Reach.GLOBAL)
                    .handle((result, problem) -> problem == null)
                    .toCompletableFuture()
                    .get(30, SECONDS);
        }

        @Override
        public void close() {
            bus.stop();
            transport.stop();
            threads.shutdown();
        }
    }

    private static final class Text implements MessageCodec {
        @Override
        public String encode(Object message) {
            return message.toString();
        }

        @Override
        public <T> T decode(String json, Class<T> type) {
            return type.cast(json);
        }
    }
}
