package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The thread that reads from the logs what was missed, over a connection that lives as long as that takes. The reading
 * of what comes live goes on meanwhile.
 */
final class Recovery implements Runnable {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private static final long PAUSE = 5_000_000;
    /** So long live messages may be held back. */
    private static final long MOST_NANOS = 10_000_000_000L;

    private final Intake intake;
    private final Subscriptions subscriptions;
    private final ChannelNames names;
    private final RecoverySettings settings;
    private final LogReader reader;
    private final Connector connector;
    private final Timing timing;
    private final CountDownLatch stopped;
    private final Runnable wakeKeeper;

    // Mutable state: written by the subscriber's reading thread
    private volatile boolean connected;
    private volatile long connectedAt;
    private volatile long silentSince;

    // Mutable state: written by the recovery's thread
    private volatile boolean begun;
    private volatile @Nullable Thread thread;

    // Mutable state: owned by the recovery's thread
    private boolean warned;

    Recovery(
            Intake intake,
            Subscriptions subscriptions,
            ChannelNames names,
            RedisSettings settings,
            Timing timing,
            Connector connector,
            CountDownLatch stopped,
            Runnable wakeKeeper) {
        this.intake = intake;
        this.subscriptions = subscriptions;
        this.names = names;
        this.settings = settings.recovery();
        reader = new LogReader(intake, this.settings);
        this.connector = connector;
        this.timing = timing;
        this.stopped = stopped;
        this.wakeKeeper = wakeKeeper;
    }

    /** Whether channels may be subscribed: it is known how far the other servers are. */
    boolean hasBegun() {
        return begun;
    }

    /** A subscriber's connection stands, after one that was heard last at a time. */
    void connected(long heardAt) {
        silentSince = heardAt;
        connectedAt = System.nanoTime();
        connected = true;
        LockSupport.unpark(thread);
    }

    void lost() {
        connected = false;
        intake.lost();
    }

    void close() {
        connector.close();
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (stopped.getCount() > 0) {
            int era = intake.era();
            if (!connected || !intake.isHolding()) {
                LockSupport.park(this);
            } else if (!attempt(era) && stopped.getCount() > 0) {
                LockSupport.parkNanos(this, PAUSE);
            }
            Thread.interrupted(); // else an interrupted thread would no longer pause
        }
    }

    /** Recovers if all channels are heard again; false to try again soon. */
    private boolean attempt(int era) {
        boolean late = System.nanoTime() - connectedAt > MOST_NANOS;
        Set<String> channels = subscriptions.owed(!late);
        if (channels == null) {
            return false;
        }
        try {
            if (!settings.on()) {
                giveUp(channels, "recovery is off; set property '" + RecoverySettings.RECOVERY + "' to on");
            } else if (late) {
                giveUp(channels, "the logs in Redis could not be read in time");
            } else if (!begun || !channels.isEmpty()) {
                readLogs(channels, era);
            }
        } catch (JedisDataException refusal) {
            if (Causes.refusal(refusal) == null) {
                return false; // it is loading its data, or a replica that is about to become the master
            }
            giveUp(channels, "Redis refuses to show the logs: " + refusal.getMessage());
            warn(refusal);
        } catch (JedisException e) {
            return false; // Redis is away again, or busy
        }
        if (!begun) {
            begun = true;
            wakeKeeper.run();
        }
        return intake.release(era, subscriptions::recovered);
    }

    private void readLogs(Set<String> channels, int era) {
        Link link = connector.connect();
        try {
            link.setSoTimeout((int) timing.answer().toMillis());
            Logs logs = new Logs(link, names);
            if (begun) {
                Duration outage = Duration.ofNanos(System.nanoTime() - silentSince);
                reader.read(logs, channels, outage, () -> intake.era() == era);
            } else {
                reader.begin(logs);
            }
        } finally {
            link.giveUp("the logs are read");
        }
    }

    private void giveUp(Set<String> channels, String cause) {
        channels.forEach(channel -> intake.gap(channel, "", "this server was cut off, and " + cause));
    }

    private void warn(JedisDataException refusal) {
        if (!warned) {
            warned = true;
            LOG.log(
                    WARNING,
                    "Redis refuses to show what others post while this server is cut off (" + refusal.getMessage()
                            + "): give the user of property '" + RedisSettings.URI
                            + "' +xrange +xrevrange +hsetnx +hgetall +hdel and the keys ~" + names.keys()
                            + ", or set property '" + RecoverySettings.RECOVERY + "' to off");
        }
    }
}
