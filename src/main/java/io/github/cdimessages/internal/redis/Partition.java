package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.nodes.Whereabouts;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.spi.Transport.Receiver;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * Some of the channels, with connections, numbers and logs of their own. A Redis that is no Cluster has one partition
 * for all channels; in a Cluster each has its own slot.
 */
final class Partition {
    private final RedisSettings settings;
    private final Timing timing;
    private final String name;
    private final ChannelNames names;
    private final Whereabouts whereabouts;
    private final Settlement settlement;
    private final Reachability reachability;
    private final Outbox outbox = new Outbox();
    private final Subscriptions subscriptions;
    private final Echo echo;
    private final BatchLog log;
    private final Publisher publisher;

    Partition(
            RedisSettings settings,
            Timing timing,
            String name,
            ChannelNames names,
            Whereabouts whereabouts,
            Settlement settlement,
            Reachability reachability) {
        this.settings = settings;
        this.timing = timing;
        this.name = name;
        this.names = names;
        this.whereabouts = whereabouts;
        this.settlement = settlement;
        this.reachability = reachability;
        subscriptions = new Subscriptions(names, outbox, settlement);
        echo = new Echo(timing);
        log = new BatchLog(names, settings);
        publisher = new Publisher(names.commands(), outbox, settlement, log, reachability, timing, echo);
    }

    /** Makes what serves this partition; it is not started. */
    PartitionLink link(
            Receiver receiver, EnvelopeFormat format, CountDownLatch end, Runnable wakeKeeper, Runnable wakeRecovery) {
        log.begin(receiver.origin());
        echo.begin(receiver.origin());
        Intake intake = new Intake(
                format, new Verifier(names, settings.signing()), receiver, subscriptions::heard, settings.recovery());
        Recovery recovery = new Recovery(
                intake, subscriptions, names, settings, timing, connector("recovery"), wakeKeeper, wakeRecovery);
        Subscriber subscriber =
                new Subscriber(names, subscriptions, reachability, intake, recovery, timing, echo, wakeKeeper);
        return new PartitionLink(
                name,
                publisher,
                subscriber,
                new LinkLoop(connector("publisher"), publisher, reachability, end),
                new LinkLoop(connector("subscriber"), subscriber, reachability, end),
                recovery,
                echo);
    }

    /** What Redis keeps of revocations, beside the channel of these. */
    RedisLedger ledger(EnvelopeFormat format) {
        return new RedisLedger(settings, connector("ledger"), names, format, timing);
    }

    CompletionStage<Void> subscribe(String channel) {
        return subscriptions.subscribe(channel);
    }

    void unsubscribe(String channel) {
        subscriptions.unsubscribe(channel);
    }

    boolean isReachable() {
        return reachability.isReachable();
    }

    /** A channel's name in Redis; throws a {@link MessagesException} if it can have none. */
    byte[] inRedis(String channel) {
        return names.inRedis(channel);
    }

    void publish(String channel, Post post) {
        if (!subscriptions.hold(channel, post)) {
            publisher.submit(post);
        }
    }

    /** Holds no post any more, and answers all who wait for a channel. */
    void stop() {
        subscriptions.stop();
    }

    void failWaiting() {
        settlement.failed(outbox.remove(post -> true), "not sent: the connection to Redis was stopped first");
    }

    private Connector connector(String side) {
        return new Connector(settings, whereabouts, timing, side + name);
    }
}
