package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails while a batch is made does not make the publisher mute. */
class PublisherTest {
    private final RedisServerFixture redis = RedisServerFixture.started();
    private final ExecutorService completions = Executors.newCachedThreadPool();
    private final Budget budget = new Budget(100, 1_000_000);
    private final RedisSettings settings = Node.settings(redis);
    private final Partition partition = Partitions.of(
                    settings, Node.QUICK, new Settlement(completions, budget), new Outages(settings))
            .of("c");
    private final CountDownLatch end = new CountDownLatch(1);

    // Mutable state: owned by the test's thread
    private LinkThreads threads;

    @BeforeEach
    void start() {
        EnvelopeFormat format = new EnvelopeFormat(settings.maxMessageSize(), false);
        PartitionLink link = partition.link(
                new SilentReceiver(), format, end, () -> threads.wakeKeeper(), () -> threads.wakeRecovery());
        threads = new LinkThreads(List.of(link), end);
        threads.start(Thread::new);
        await().until(partition::isReachable);
    }

    @AfterEach
    void stop() {
        threads.end();
        completions.shutdown();
        redis.close();
    }

    @Test
    void aPostThatCantBeNumberedIsInDoubtAndTheNextOneArrives() throws Exception {
        Post broken = post(new byte[3]); // has no place for the number
        assertThatThrownBy(() -> broken.stage.get(10, SECONDS)).hasCauseInstanceOf(PostInDoubtException.class);
        post(new byte[100]).stage.get(10, SECONDS);
        budget.awaitEmpty(SECONDS.toNanos(10));
        assertThat(budget.reserve(1_000_000)).as("all of the budget").isTrue();
    }

    @Test
    void whatIsTakenByTheThreadThatReadsAnswersMayFailToo() throws Exception {
        Post broken = post(new byte[100_000], new byte[3]); // more than a poster writes itself
        assertThatThrownBy(() -> broken.stage.get(10, SECONDS)).hasCauseInstanceOf(PostInDoubtException.class);
        post(new byte[100]).stage.get(10, SECONDS);
    }

    private Post post(byte[] envelope) {
        return post(partition.inRedis("c"), envelope);
    }

    private Post post(byte[] channel, byte[] envelope) {
        long now = System.nanoTime();
        Post post = new Post(channel, envelope, true, now, now + SECONDS.toNanos(20));
        assertThat(budget.reserve(post.size())).isTrue();
        partition.publish("c", post);
        return post;
    }
}
