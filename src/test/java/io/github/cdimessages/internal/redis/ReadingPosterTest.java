package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A poster that waits alone reads the answer itself; whatever ends its wait, the connection goes on. */
@Timeout(120)
class ReadingPosterTest {
    @AutoClose
    private final RedisServerFixture redis = RedisServerFixture.started();

    @AutoClose
    private final Node node = Node.started("a", redis);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final AtomicInteger posted = new AtomicInteger();

    @BeforeEach
    void listen() throws Exception {
        node.listen("c");
    }

    @Test
    void theOwnThreadOfTheConnectionIsNotNeeded() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread poster = new Thread(() -> {
            while (!enough.get()) {
                post().join();
            }
        });
        poster.start();
        try {
            await().pollDelay(0, SECONDS)
                    .pollInterval(1, MILLISECONDS)
                    .until(() -> Arrays.stream(poster.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("awaitReply")));
        } finally {
            enough.set(true);
            poster.join();
        }
        assertThatAllWasHeard();
    }

    @Test
    void aWaitThatIsOverOrInterruptedBreaksNothing() throws Exception {
        Random random = new Random(23);
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        List<CompletableFuture<Void>> posts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            CompletableFuture<Void> post = post();
            posts.add(post);
            switch (random.nextInt(3)) {
                case 0 -> post.get(10, SECONDS);
                case 1 -> {
                    try {
                        post.get(random.nextInt(200_000), NANOSECONDS);
                    } catch (TimeoutException e) {
                        late.incrementAndGet();
                    }
                }
                default -> {
                    Thread me = Thread.currentThread();
                    Future<?> interrupter = threads.submit(me::interrupt);
                    try {
                        post.get(10, SECONDS);
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                    awaitQuietly(interrupter);
                    boolean unused = Thread.interrupted();
                }
            }
        }
        for (CompletableFuture<Void> post : posts) {
            post.get(10, SECONDS);
        }
        assertThatAllWasHeard();
        assertThat(node.told).isEmpty();
        assertThat(interrupted).as("waits that were interrupted").hasPositiveValue();
        assertThat(late).as("waits that were over before the answer").hasPositiveValue();
    }

    @Test
    void aFrozenRedisHoldsNoPosterLongerThanItAgreedTo() throws Exception {
        post().get(10, SECONDS);
        post().get(10, SECONDS);
        redis.freeze();
        CompletableFuture<Void> post;
        try {
            post = post();
            assertThatThrownBy(() -> post.get(100, MILLISECONDS)).isInstanceOf(TimeoutException.class);
            Future<?> waiting = threads.submit(() -> post.get(60, SECONDS));
            threads.shutdownNow(); // interrupts it
            assertThatThrownBy(() -> waiting.get(10, SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        } finally {
            redis.thaw();
        }
        post.get(10, SECONDS);
        assertThat(node.told).isEmpty();
        assertThatAllWasHeard();
    }

    /**
     * Posters that wait and posters that do not, while the connection breaks: each post ends, and is heard in order.
     */
    @Test
    void aConnectionThatBreaksWhileAPosterReadsLosesNothing() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<Integer>> posters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int seed = i;
            posters.add(threads.submit(() -> postInAllWays(new Random(seed), enough::get)));
        }
        try (LogFixture log = LogFixture.of(Outages.class)) {
            for (int kills = 0; kills < 40; kills++) {
                redis.connections().stream()
                        .filter(line -> line.contains("name=cdi-messages-publisher"))
                        .forEach(redis::killConnection);
                int before = posted.get();
                await().pollInterval(1, MILLISECONDS)
                        .until(() ->
                                posted.get() > before + 100 || posters.stream().anyMatch(Future::isDone));
            }
            assertThat(log.lines()).isNotEmpty();
        } finally {
            enough.set(true);
        }
        int accepted = 0;
        for (Future<Integer> poster : posters) {
            accepted += poster.get(30, SECONDS);
        }
        assertThat(accepted).isPositive();
        int heard = accepted;
        await().untilAsserted(() -> assertThat(node.received).hasSizeGreaterThanOrEqualTo(heard));
        assertThat(node.received.stream().map(envelope -> envelope.json()))
                .as("twice in effect")
                .doesNotHaveDuplicates();
        post().get(10, SECONDS);
    }

    private int postInAllWays(Random random, BooleanSupplier enough) throws Exception {
        List<CompletableFuture<Void>> posts = new ArrayList<>();
        while (!enough.getAsBoolean()) {
            CompletableFuture<Void> post = post();
            posts.add(post);
            if (random.nextInt(4) > 0) {
                wasAccepted(post);
            }
        }
        int accepted = 0;
        for (CompletableFuture<Void> post : posts) {
            accepted += wasAccepted(post) ? 1 : 0;
        }
        return accepted;
    }

    private static boolean wasAccepted(CompletableFuture<Void> post) throws Exception {
        try {
            post.get(30, SECONDS);
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(PostInDoubtException.class);
            return false;
        }
    }

    private CompletableFuture<Void> post() {
        return node.post("c", String.valueOf(posted.incrementAndGet()));
    }

    private void assertThatAllWasHeard() throws Exception {
        for (int i = 1; i <= posted.get(); i++) {
            assertThat(node.next()).isEqualTo("c=" + i);
        }
    }

    /** Also where this thread is interrupted meanwhile, which is what it waits for. */
    private static void awaitQuietly(Future<?> done) throws Exception {
        while (true) {
            try {
                done.get(10, SECONDS);
                return;
            } catch (InterruptedException e) {
                // it came after the answer
            }
        }
    }
}
