package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries envelopes by Redis' publish and subscribe, over two connections of its own, and a third for as long as it
 * reads what was missed.
 *
 * <p>See {@link LinkThreads} for its four threads. Everything is bounded: posts by {@link Budget}, waits by
 * {@link Timing}, {@link #stop} by three seconds for the outbox and three for the threads.
 */
public final class RedisTransport implements Transport {
    private final RedisSettings settings;
    private final ThreadFactory threads;
    private final Timing timing;
    private final Whereabouts whereabouts;
    private final ChannelNames names;
    private final EnvelopeFormat format;
    private final Budget budget;
    private final Settlement settlement;
    private final Outbox outbox = new Outbox();
    private final Reachability reachability;
    private final Subscriptions subscriptions;
    private final BatchLog log;
    private final Publisher publisher;

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
        this.timing = timing;
        whereabouts = Whereabouts.of(settings);
        names = new ChannelNames(settings.prefix());
        format = new EnvelopeFormat(settings.maxMessageSize());
        budget = new Budget(settings.outboxMessages(), settings.outboxBytes());
        settlement = new Settlement(completions, budget);
        reachability = new Reachability(settings);
        subscriptions = new Subscriptions(names, outbox, settlement);
        log = new BatchLog(names, settings);
        publisher = new Publisher(outbox, settlement, log, reachability, timing);
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
        log.begin(receiver.origin());
        reachability.tell(receiver);
        CountDownLatch end = new CountDownLatch(1);
        Intake intake = new Intake(format, receiver, subscriptions::heard, settings.recovery());
        Recovery recovery = new Recovery(
                intake,
                subscriptions,
                names,
                settings,
                timing,
                new Connector(settings, whereabouts, timing, "recovery"),
                end,
                this::wakeKeeper);
        Subscriber subscriber =
                new Subscriber(names, subscriptions, reachability, intake, recovery, timing, this::wakeKeeper);
        Keeper keeper = new Keeper(end, publisher, subscriber);
        LinkThreads started = new LinkThreads(
                keeper, loop("publisher", publisher, end), loop("subscriber", subscriber, end), recovery, end);
        running = started;
        started.start(factory);
    }

    @Override
    public CompletionStage<Void> subscribe(String channel) {
        try {
            CompletionStage<Void> ready = subscriptions.subscribe(channel);
            wakeKeeper();
            return ready;
        } catch (MessagesException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public void unsubscribe(String channel) {
        subscriptions.unsubscribe(channel);
        wakeKeeper();
    }

    @Override
    public CompletionStage<Void> publish(Envelope envelope, boolean patient) {
        byte[] channel;
        byte[] bytes;
        try {
            channel = names.inRedis(envelope.channel());
            bytes = format.encode(envelope);
        } catch (MessagesException e) {
            return CompletableFuture.failedStage(e);
        }
        if (stopped) {
            return failed(envelope, "not sent, the connection to Redis is stopped because the application ends");
        }
        if (!patient && !reachability.isReachable()) {
            return failed(envelope, "Redis at " + reachability.address() + " is not reachable");
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
        if (!subscriptions.hold(envelope.channel(), post)) {
            publisher.submit(post);
        }
        if (stopped) {
            LinkThreads threadsOrNull = running;
            if (threadsOrNull == null || threadsOrNull.isEnded()) {
                failWaiting(); // stop() has not seen this post
            }
        }
        return post.stage;
    }

    @Override
    public boolean isReachable() {
        return reachability.isReachable();
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
        subscriptions.stop();
        if (ending != null) {
            wakeKeeper();
            awaitOutbox();
            reachability.stop();
            ending.end();
        }
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
        settlement.failed(outbox.remove(post -> true), "not sent: the connection to Redis was stopped first");
    }

    private void wakeKeeper() {
        LinkThreads current = running;
        if (current != null) {
            current.wakeKeeper();
        }
    }

    private LinkLoop loop(String name, LinkLoop.Duty duty, CountDownLatch end) {
        return new LinkLoop(new Connector(settings, whereabouts, timing, name), duty, reachability, end);
    }

    private static CompletionStage<Void> failed(Envelope envelope, String problem) {
        return CompletableFuture.failedStage(new MessagesException("channel '" + envelope.channel() + "': " + problem));
    }
}
