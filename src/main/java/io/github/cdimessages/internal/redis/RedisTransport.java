package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.internal.revocation.Ledger;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.NotReachableException;
import io.github.cdimessages.spi.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries envelopes by Redis' publish and subscribe, over two connections of its own for each {@link Partition}, and
 * one more for as long as it reads what was missed.
 *
 * <p>See {@link LinkThreads} for its threads. Everything is bounded: posts by {@link Budget}, waits by {@link Timing},
 * {@link #stop} by three seconds for the outbox and three for the threads.
 */
public final class RedisTransport implements Transport {
    private final RedisSettings settings;
    private final ThreadFactory threads;
    private final EnvelopeFormat format;
    private final Budget budget;
    private final Outages outages;
    private final Partitions partitions;
    private final RedisLedger ledger;

    // Mutable state: guarded by this; also read without it, null before the start
    private volatile @Nullable LinkThreads running;
    private volatile boolean stopped;

    /**
     * Makes a transport that is not connected.
     *
     * @param settings where Redis is, and the bounds
     * @param threads makes its threads, unless {@link #start(Receiver, ThreadFactory)} names others
     * @param completions runs what is attached to the stages that it returns
     */
    public RedisTransport(RedisSettings settings, ThreadFactory threads, Executor completions) {
        this(settings, threads, completions, settings.timing());
    }

    RedisTransport(RedisSettings settings, ThreadFactory threads, Executor completions, Timing timing) {
        this.settings = settings;
        this.threads = threads;
        format = new EnvelopeFormat(
                settings.maxMessageSize(), !settings.signing().keys().isEmpty());
        budget = new Budget(settings.outboxMessages(), settings.outboxBytes());
        outages = new Outages(settings);
        partitions = Partitions.of(settings, timing, new Settlement(completions, budget), outages);
        ledger = partitions.of(RedisLedger.CHANNEL).ledger(format);
    }

    @Override
    public void start(Receiver receiver) {
        start(receiver, threads);
    }

    /** Starts on threads that were not known before, as those of a server are. */
    public synchronized void start(Receiver receiver, ThreadFactory factory) {
        if (running != null || stopped) {
            throw new IllegalStateException("a transport is started once; make a new one");
        }
        outages.tell(receiver);
        CountDownLatch end = new CountDownLatch(1);
        LinkThreads started = new LinkThreads(
                partitions.all().stream()
                        .map(each -> each.link(receiver, format, end, this::wakeKeeper, this::wakeRecovery))
                        .toList(),
                end);
        running = started;
        started.start(factory);
    }

    @Override
    public CompletionStage<Void> subscribe(String channel) {
        CompletionStage<Void> ready = partitions.of(channel).subscribe(channel);
        wakeKeeper();
        return ready;
    }

    @Override
    public void unsubscribe(String channel) {
        partitions.of(channel).unsubscribe(channel);
        wakeKeeper();
    }

    @Override
    public CompletionStage<Void> publish(Envelope envelope, boolean patient) {
        Partition partition = partitions.of(envelope.channel());
        byte[] channel = partition.inRedis(envelope.channel());
        byte[] bytes = format.encode(envelope);
        if (stopped) {
            return failed(envelope, "not sent, the connection to Redis is stopped because the application ends");
        }
        if (!patient && !partition.isReachable()) {
            return CompletableFuture.failedStage(new NotReachableException(
                    "channel '" + envelope.channel() + "': Redis at " + outages.address() + " is not reachable"));
        }
        if (!budget.reserve(Post.size(channel, bytes))) {
            return failed(
                    envelope,
                    "the outbox is full (" + settings.outboxMessages() + " messages or " + settings.outboxBytes()
                            + " bytes); post less, or raise '" + RedisSettings.OUTBOX_MESSAGES + "' or '"
                            + RedisSettings.OUTBOX_BYTES + "'");
        }
        long now = System.nanoTime();
        Post post = new Post(
                channel, bytes, patient, now, now + settings.postTimeout().toNanos());
        partition.publish(envelope.channel(), post);
        if (stopped) {
            LinkThreads threadsOrNull = running;
            if (threadsOrNull == null || threadsOrNull.isEnded()) {
                failWaiting(); // stop() has not seen this post
            }
        }
        return post.stage;
    }

    /** What Redis keeps of revocations. */
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public boolean isReachable() {
        return partitions.all().stream().anyMatch(Partition::isReachable);
    }

    @Override
    public boolean isReachable(String channel) {
        return partitions.of(channel).isReachable();
    }

    @Override
    public void stop() {
        LinkThreads ending;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            ending = running;
        }
        partitions.all().forEach(Partition::stop);
        if (ending != null) {
            wakeKeeper();
            awaitOutbox();
            outages.stop();
            ending.end();
        }
        ledger.close();
        failWaiting();
    }

    private void awaitOutbox() {
        try {
            budget.awaitEmpty(LinkThreads.MOST_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever stops us is in a hurry: what waits fails below
        }
    }

    private void failWaiting() {
        partitions.all().forEach(Partition::failWaiting);
    }

    private void wakeKeeper() {
        LinkThreads current = running;
        if (current != null) {
            current.wakeKeeper();
        }
    }

    private void wakeRecovery() {
        LinkThreads current = running;
        if (current != null) {
            current.wakeRecovery();
        }
    }

    private static CompletionStage<Void> failed(Envelope envelope, String problem) {
        return CompletableFuture.failedStage(new MessagesException("channel '" + envelope.channel() + "': " + problem));
    }
}
