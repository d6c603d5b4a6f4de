package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.internal.redis.nodes.WrongRedisException;
import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.spi.Transport.Receiver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Knows whether all partitions are reachable; tells the application, and logs, each change of the whole once. */
final class Outages {
    private static final System.Logger LOG = System.getLogger(Outages.class.getName());

    private final RedisSettings settings;

    // Mutable state: guarded by this; stopped is also read without it
    private final Set<Reachability> away = new HashSet<>();
    private final Set<Trouble> logged = EnumSet.noneOf(Trouble.class);
    private volatile boolean stopped;
    private long since = System.nanoTime();
    private boolean lost;
    private @Nullable Receiver receiver;

    Outages(RedisSettings settings) {
        this.settings = settings;
    }

    private enum Trouble {
        AWAY,
        REFUSES,
        WRONG
    }

    /** A further partition, with these channels, which is away. */
    synchronized Reachability ofPartition(Predicate<String> channels) {
        Reachability partition = new Reachability(this, channels);
        away.add(partition);
        return partition;
    }

    String address() {
        return settings.place();
    }

    synchronized void tell(Receiver newReceiver) {
        receiver = newReceiver;
    }

    boolean isStopped() {
        return stopped;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized void up(Reachability partition) {
        if (away.remove(partition) && away.isEmpty() && !stopped) {
            Duration outage = Duration.ofNanos(System.nanoTime() - since);
            if (lost && receiver != null) {
                receiver.restored(outage);
            }
            lost = false;
            LOG.log(
                    INFO,
                    logged.isEmpty()
                            ? "connected to Redis at " + address()
                            : "connected to Redis at " + address() + " again after " + outage.toMillis() + " ms");
            logged.clear();
        }
    }

    synchronized void down(Reachability partition, Throwable cause) {
        boolean first = away.isEmpty();
        if (away.add(partition) && !stopped && receiver != null) {
            receiver.cutOff(partition.channels()); // also when others are away, of which the application knows
        }
        if (first) {
            since = System.nanoTime();
            lost = !stopped;
            if (lost && receiver != null) {
                receiver.lost(Causes.of(cause));
            }
        }
        Trouble trouble = trouble(cause);
        if (!stopped && logged.add(trouble)) {
            LOG.log(
                    WARNING,
                    switch (trouble) {
                        case AWAY -> away(cause);
                        case REFUSES -> refuses(cause);
                        case WRONG -> Causes.of(cause) + ". This server tries on";
                    });
        }
    }

    private static Trouble trouble(Throwable cause) {
        if (cause instanceof WrongRedisException) {
            return Trouble.WRONG;
        }
        return Causes.refusal(cause) == null ? Trouble.AWAY : Trouble.REFUSES;
    }

    private String away(Throwable cause) {
        if (settings.cluster() != null) {
            return "Redis at " + address() + " does not serve all slots (" + Causes.of(cause)
                    + "): global messages on the channels there wait up to "
                    + settings.postTimeout().toMillis() + " ms; start its nodes, or correct property '"
                    + RedisSettings.URI + "'. This server tries on";
        }
        return "Redis at " + address() + " is not reachable (" + Causes.of(cause) + "): global messages wait up to "
                + settings.postTimeout().toMillis() + " ms; start Redis, or correct property '" + RedisSettings.URI
                + "'. This server tries on";
    }

    private String refuses(Throwable cause) {
        return "Redis at " + address() + " refuses this server (" + Causes.refusal(cause)
                + "): correct user, password and database in property '" + RedisSettings.URI
                + "', and give that user " + commands() + " +ping, the channels &" + settings.prefix()
                + ":* and, for recovery and revocations, +xadd +xrange +xrevrange +hset +hsetnx +hgetall +hdel"
                + " +pexpire +time and the keys ~" + settings.prefix() + ":* (property '" + RedisSettings.PREFIX
                + "'). This server tries on";
    }

    private String commands() {
        if (settings.cluster() != null) {
            return "+spublish +ssubscribe +sunsubscribe +cluster|shards +hsetnx +hgetall +pexpire";
        }
        return "+publish +subscribe +unsubscribe"
                + (settings.sentinels() == null ? "" : " +role")
                + (settings.address().database() == 0 ? "" : " +select");
    }
}
