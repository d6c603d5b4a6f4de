package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.PubSub;
import io.github.cdimessages.internal.redis.settings.Timing;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Hears what this server is subscribed to: one thread reads and files, nothing else; the keeper writes the commands.
 *
 * <p>One command is under way at a time, and changes that come meanwhile gather for the next one. So a refusal, which
 * names no channel, is known to belong to it, and what the keeper writes always fits the empty send buffer.
 */
final class Subscriber implements LinkLoop.Duty {
    static final String MISSING =
            "this server was cut off, and Redis let it hear the channel again only after what was missed had been read";

    private final ChannelNames names;
    private final PubSub commands;
    private final Subscriptions subscriptions;
    private final Reachability reachability;
    private final Intake intake;
    private final Recovery recovery;
    private final Timing timing;
    private final Echo echo;
    private final Runnable wakeKeeper;

    // Mutable state: set by the loop's thread
    private volatile @Nullable Live live;

    // Mutable state: owned by the keeper
    private long pingedAt = System.nanoTime();

    // Mutable state: owned by the loop's thread; most messages come on the channel of the one before
    private byte[] lastInRedis = {};
    private @Nullable String lastChannel;
    private long heardAt = System.nanoTime();

    Subscriber(
            ChannelNames names,
            Subscriptions subscriptions,
            Reachability reachability,
            Intake intake,
            Recovery recovery,
            Timing timing,
            Echo echo,
            Runnable wakeKeeper) {
        this.names = names;
        commands = names.commands();
        this.subscriptions = subscriptions;
        this.reachability = reachability;
        this.intake = intake;
        this.recovery = recovery;
        this.timing = timing;
        this.echo = echo;
        this.wakeKeeper = wakeKeeper;
    }

    /** A connection and what was asked of it last: a keeper that was held up must not mistake it for the next one. */
    private static final class Live {
        final Link link;
        final int era;

        // Mutable state: set by the keeper if it is null, else by the loop's thread
        volatile @Nullable Change underWay;

        Live(Link link, int era, Change first) {
            this.link = link;
            this.era = era;
            underWay = first;
        }
    }

    @Nullable
    Link link() {
        Live current = live;
        return current == null ? null : current.link;
    }

    /** The keeper's look: sends the next command, probes the connection. */
    void tick(long now) {
        subscriptions.release(post -> now - post.postedAt > timing.hold().toNanos() || post.isOverdue(now));
        Live current = live;
        if (current == null) {
            return;
        }
        try {
            if (current.underWay == null && recovery.hasBegun()) {
                send(current, subscriptions.next(current.era));
            }
            if (now - pingedAt > timing.ping().toNanos()) {
                pingedAt = now;
                current.link.send(Command.PING, List.of());
                current.link.flushOut();
                subscriptions.retryRefused();
            }
        } catch (RuntimeException e) {
            current.link.giveUp("writing failed: " + e.getMessage());
        }
    }

    @Override
    public Reachability.Side side() {
        return Reachability.Side.SUBSCRIBER;
    }

    @Override
    public void serve(Link newLink) {
        newLink.setSoTimeout((int) timing.ping().multipliedBy(2).toMillis());
        Change sentinel = new Change(true, List.of(names.sentinel()));
        newLink.send(commands.subscribe, sentinel.channels); // by this thread: the keeper does not know the link yet
        newLink.flushOut();
        int era = subscriptions.connected();
        echo.reset();
        live = new Live(newLink, era, sentinel);
        while (true) {
            take(newLink.read());
        }
    }

    @Override
    public void lost() {
        live = null;
        recovery.lost(); // before its channels are owed, so that nobody takes them for recovered
        subscriptions.lost();
    }

    private void send(Live to, @Nullable Change change) {
        if (change != null) {
            to.underWay = change; // before the write: the confirmation may be here before it returns
            to.link.send(change.subscribes ? commands.subscribe : commands.unsubscribe, change.channels);
            to.link.flushOut();
        }
    }

    private void take(Object reply) {
        if (reply instanceof JedisDataException refusal) {
            refused(refusal);
        } else if (reply instanceof List<?> parts && parts.size() == 3 && parts.get(0) instanceof byte[] kind) {
            switch (commands.kindOf(kind)) {
                case 'm' -> message((byte[]) requireNonNull(parts.get(1)), (byte[]) requireNonNull(parts.get(2)));
                case 's' -> confirmed((byte[]) requireNonNull(parts.get(1)), true);
                case 'u' -> confirmed((byte[]) requireNonNull(parts.get(1)), false);
                default ->
                    throw new JedisConnectionException("unexpected push '" + new String(kind, UTF_8) + "' from Redis");
            }
        } else {
            heardAt = System.nanoTime(); // the answer to a PING: it has come, which is all that was asked
        }
    }

    private void message(byte[] inRedis, byte[] bytes) {
        if (!Arrays.equals(inRedis, lastInRedis)) {
            lastChannel = names.here(inRedis);
            lastInRedis = inRedis;
        }
        if (lastChannel != null) {
            intake.live(lastChannel, bytes);
        } else if (names.isSentinel(inRedis)) {
            echo.heard(bytes);
            intake.live(null, bytes);
        }
    }

    private void confirmed(byte[] inRedis, boolean subscribed) {
        Live current = requireNonNull(live);
        Change change = current.underWay;
        if (!subscribed && (change == null || !change.ends(inRedis))) { // before the channel counts as given up
            throw new JedisConnectionException("the Redis there serves the channels no longer: their slot has moved");
        }
        if (names.isSentinel(inRedis)) {
            reachability.up(side());
            recovery.connected(heardAt);
        }
        String channel = names.here(inRedis);
        boolean wake = false;
        if (channel != null && subscribed) {
            wake = subscriptions.subscribed(channel);
            if (subscriptions.wasMissing(channel)) {
                intake.gap(channel, "", MISSING);
            }
        } else if (channel != null) {
            subscriptions.unsubscribed(channel);
        }
        if (change != null && change.confirm()) {
            current.underWay = null;
            wake = true;
        }
        if (wake) {
            wakeKeeper.run(); // to send the posts that were let go, and the next command
        }
    }

    private void refused(JedisDataException refusal) {
        Live current = requireNonNull(live);
        Change change = current.underWay;
        if (change == null || !change.subscribes || names.isSentinel(change.channels.get(0))) {
            throw refusal;
        }
        subscriptions.refused(change, String.valueOf(refusal.getMessage()));
        current.underWay = null;
        wakeKeeper.run();
    }
}
