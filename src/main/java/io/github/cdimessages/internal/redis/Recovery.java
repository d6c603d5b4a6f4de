package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.PubSub;
import io.github.cdimessages.internal.redis.settings.RecoverySettings;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import java.time.Duration;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads from the logs of a partition what was missed, over a connection that lives as long as that takes. The reading
 * of what comes live goes on meanwhile.
 */
final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private static final String LATE = "the logs in Redis could not be read in time";
    private static final String UNKNOWN =
            "the logs in Redis could not be read when it had started: how far they were is" + " not known";
    /** So long, in a Cluster, other servers have to follow a slot that moved. */
    private static final long PATIENCE = 2_000_000_000L;

    private static final long PATIENT_PAUSE = 50_000_000;

    private final Intake intake;
    private final Subscriptions subscriptions;
    private final ChannelNames names;
    private final RecoverySettings settings;
    private final LogReader reader;
    private final Connector connector;
    private final Timing timing;
    private final Runnable wakeKeeper;
    private final Runnable wakeThread;

    // Mutable state: written by the subscriber's reading thread
    private volatile boolean connected;
    private volatile long connectedAt;
    private volatile long silentSince;

    // Mutable state: written by the recovery's thread
    private volatile boolean begun;

    // Mutable state: owned by the recovery's thread
    private boolean warned;
    /** Whether it was read how far the others are; begun is also true if that has failed. */
    private boolean knows;

    private long again = System.nanoTime();
    private int triedEra = -1;
    private long triedAt;
    private boolean hasFailed;
    private int page = Logs.PAGE;

    Recovery(
            Intake intake,
            Subscriptions subscriptions,
            ChannelNames names,
            RedisSettings settings,
            Timing timing,
            Connector connector,
            Runnable wakeKeeper,
            Runnable wakeThread) {
        this.intake = intake;
        this.subscriptions = subscriptions;
        this.names = names;
        this.settings = settings.recovery();
        reader = new LogReader(intake, this.settings);
        this.connector = connector;
        this.timing = timing;
        this.wakeKeeper = wakeKeeper;
        this.wakeThread = wakeThread;
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
        wakeThread.run();
    }

    void lost() {
        connected = false;
        intake.lost();
    }

    void close() {
        connector.close();
    }

    /** With the recovery's thread: recovers if there is something to recover; false to try again soon. */
    boolean step() {
        int era = intake.era();
        return !connected || !intake.isHolding() || (System.nanoTime() - again >= 0 && attempt(era));
    }

    /**
     * With the recovery's thread: something has failed that may fail again, so it is given up; next time less is read.
     */
    void failed() {
        hasFailed = true;
        again = System.nanoTime() + PATIENT_PAUSE;
        page = Math.max(1, page / 2);
    }

    /** Recovers if all channels are heard again. */
    private boolean attempt(int era) {
        if (triedEra != era) {
            triedEra = era;
            triedAt = System.nanoTime();
        }
        boolean late = isLate();
        Set<String> channels = subscriptions.owed(!late && !hasFailed);
        if (channels == null) {
            return false;
        }
        try {
            if (!settings.on()) {
                giveUp(channels, "recovery is off; set property '" + RecoverySettings.RECOVERY + "' to on");
            } else if (hasFailed && begun) { // what was held back may be lost as well, also on channels that are new
                giveUp(subscriptions.heard(), "recovery has failed; see this server's log");
            } else if (late) {
                giveUp(channels, LATE);
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
        } catch (RuntimeException e) { // whatever somebody has written there, this server must hear again
            giveUp(channels, "what is in Redis for the logs can't be read: " + e);
        }
        if (!begun) {
            begun = true;
            wakeKeeper.run();
        }
        boolean released = intake.release(era, () -> {
            reader.done();
            subscriptions.recovered();
        });
        hasFailed &= !released;
        return released;
    }

    private boolean isLate() {
        return System.nanoTime() - triedAt > timing.recovery().toNanos();
    }

    private void readLogs(Set<String> channels, int era) {
        Link link = connector.connect();
        try {
            link.setSoTimeout((int) timing.answer().toMillis());
            Logs logs = new Logs(link, names, intake.verifier(), page);
            if (!knows) {
                if (begun) {
                    giveUp(channels, UNKNOWN);
                }
                reader.begin(logs);
                knows = true;
                return;
            }
            if (isPatient() && reader.isAhead(logs)) {
                again = System.nanoTime() + PATIENT_PAUSE;
                throw new JedisConnectionException("the log of a server is not whole yet");
            }
            Duration outage = Duration.ofNanos(System.nanoTime() - silentSince);
            boolean whole = reader.read(logs, channels, outage, () -> intake.era() == era && !isLate());
            if (!whole && intake.era() == era) {
                giveUp(channels, LATE);
            }
        } finally {
            link.giveUp("the logs are read");
        }
    }

    private boolean isPatient() {
        return names.commands() == PubSub.SHARDED && System.nanoTime() - connectedAt < PATIENCE;
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
