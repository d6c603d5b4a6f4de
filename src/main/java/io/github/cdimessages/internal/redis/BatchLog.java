package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.SentinelSettings;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Numbers what this server sends, in the order in which it is written, and keeps it in the server's log in Redis: one
 * entry a batch, written before the batch is published; see docs/wire-format.md.
 */
final class BatchLog {
    private static final System.Logger LOG = System.getLogger(BatchLog.class.getName());
    private static final long BEACON_NANOS = 1_000_000_000L;
    /** No server sends so many: somebody else has written there, and Redis will refuse our entries. */
    private static final long TOO_HIGH = 1L << 60;

    private static final byte[] SERVERS_LIVE = text(Long.toString(24L * 60 * 60 * 1000));

    private final ChannelNames names;
    private final boolean keepsLog;
    private final byte[] logLives;
    private final Retention retention;
    private final Seal seal;

    // Mutable state: set before the threads of the link start
    private String origin = "";
    private byte[] log = {};

    // Mutable state: owned by the holder of the publisher's token, or by its loop's thread while there is no link
    /** The number of the last message that was written to a connection. */
    private long written;

    private long said;
    private long saidAt = System.nanoTime() - BEACON_NANOS;

    // Mutable state: owned by the loop's thread
    /** The number of the last message that is known to have been in the log. */
    private long logged;
    /** Whether Redis has refused entries since the last greeting, so that numbers are missing without a fault. */
    private boolean refused;
    /** Whether there is a loss that the others have not been told of yet. */
    private boolean hasLost;

    private boolean warned;

    BatchLog(ChannelNames names, RedisSettings settings) {
        this.names = names;
        keepsLog = settings.recovery().on();
        logLives = text(Long.toString(settings.recovery().keyLives().toMillis()));
        seal = new Seal(settings.signing());
        retention = new Retention(
                settings.recovery().count(),
                settings.recovery().bytes(),
                settings.recovery().time().toNanos());
    }

    void begin(String newOrigin) {
        origin = newOrigin;
        log = names.log(newOrigin);
    }

    /** On a new connection: sees what has become of what was written to the last one, and says who is here. */
    void greet(Calls calls, long now) {
        try {
            if (keepsLog) {
                repair(calls, now);
                calls.call(Command.PEXPIRE, List.of(log, logLives));
                calls.call(Command.HSET, List.of(names.servers(), text(origin), here()));
                calls.call(Command.PEXPIRE, List.of(names.servers(), SERVERS_LIVE));
            }
        } catch (JedisDataException refusal) {
            problem(refusal); // messages pass all the same
        }
        try {
            calls.call(names.commands().publish, List.of(names.sentinel(), beacon(hasLost)));
            hasLost = false;
        } catch (JedisDataException refusal) {
            problem(refusal);
        }
    }

    /** Numbers a batch; gives how many answers its entry in the log takes. */
    int number(List<Post> posts) {
        for (Post post : posts) {
            EnvelopeFormat.number(post.envelope, ++written);
            if (seal.signs()) {
                seal.sign(Seal.Kind.MESSAGE, post.channel, 0, post.envelope); // now, since it covers the number
            }
        }
        return keepsLog && !posts.isEmpty() ? 1 : 0;
    }

    /** Sends the entry of the batch that was numbered last. */
    void append(Calls to, List<Post> posts, long now) {
        long first = written - posts.size() + 1;
        to.send(Command.XADD, append(LogEntry.of(first, posts, seal.signs()), posts.size(), now));
    }

    /** Takes the answer to an entry. */
    void answered(Object reply) {
        if (reply instanceof JedisDataException refusal) {
            problem(refusal);
        } else {
            logged = LogEntry.numberOf((byte[]) reply);
        }
    }

    /** Whether there is news for the others that no batch has brought them yet. */
    boolean hasNews(long now) {
        return said != written && now - saidAt > BEACON_NANOS;
    }

    /** How many answers it takes to say now what was published; 0 to say nothing. */
    int answersToSay(boolean always, long now) {
        if (!always && now - saidAt <= BEACON_NANOS) {
            return 0;
        }
        return 1 + (keepsLog ? 2 : 0) + (keepsLog && said != written ? 1 : 0);
    }

    /** Says, after a batch, that all up to here was published. */
    void say(Calls to, long now) {
        to.send(names.commands().publish, List.of(names.sentinel(), beacon(false)));
        if (keepsLog) {
            to.send(Command.HSET, List.of(names.servers(), text(origin), here()));
            to.send(Command.PEXPIRE, List.of(names.servers(), SERVERS_LIVE));
        }
        if (keepsLog && said != written) {
            to.send(Command.PEXPIRE, List.of(log, logLives));
        }
        saidAt = now;
        said = written;
    }

    void problem(JedisDataException refusal) {
        throwIfWrong(String.valueOf(refusal.getMessage()));
        refused = true;
        if (!warned) {
            warned = true;
            LOG.log(
                    WARNING,
                    "Redis refuses to keep the log of what this server posts (" + refusal.getMessage()
                            + "), so others can't recover it after they were cut off: give the user"
                            + " of property '" + RedisSettings.URI + "' +xadd +xrange +xrevrange +hset +hsetnx"
                            + " +hgetall +hdel +pexpire and the keys ~" + names.keys() + ", or set property '"
                            + RedisSettings.RECOVERY + "' to off");
        }
    }

    /** What this Redis takes would not last: the link is given up, and what was sent in this batch is in doubt. */
    private static void throwIfWrong(String refusal) {
        if (refusal.startsWith("READONLY")) {
            throw new JedisConnectionException("it is a read-only replica, whose messages the others don't hear; name"
                    + " its master in property '" + RedisSettings.URI + "', or Sentinels and property '"
                    + SentinelSettings.MASTER + "'");
        }
        if (refusal.startsWith("NOREPLICAS")) {
            throw new JedisConnectionException("it lacks replicas, and its min-replicas-to-write forbids that it takes"
                    + " messages that a fail-over would lose");
        }
        if (refusal.startsWith("OOM") || refusal.startsWith("MISCONF")) { // else who is cut off now would never know
            throw new JedisConnectionException("it can't keep what others would miss while they are cut off (" + refusal
                    + "); give it memory or disk, or set property '" + RedisSettings.RECOVERY + "' to off");
        }
    }

    /** Numbers that are not in the log get a marker: they are lost, or were never published. */
    private void repair(Calls calls, long now) {
        long last = lastIn(calls, log);
        if (written == 0) {
            written = last < TOO_HIGH
                    ? last
                    : 0; // a server of the same name was here before: nobody may take ours for its messages
        } else if (last < written) {
            boolean loss = last < logged || refused;
            hasLost |= last < logged;
            try {
                calls.call(Command.XADD, append(LogEntry.marker(last + 1, loss, seal.signs()), 0, now));
            } catch (JedisDataException e) {
                if (lastIn(calls, log) < written) {
                    throw e;
                } // else the old connection's entry came late, and all is well
            }
        }
        logged = written;
        refused = false;
    }

    /** The number of a log's last message; 0 if there is no such log. */
    static long lastIn(Calls calls, byte[] log) {
        Object reply = requireNonNull(
                calls.call(Command.XREVRANGE, List.of(log, text("+"), text("-"), text("COUNT"), text("1"))));
        List<?> entries = (List<?>) reply;
        return entries.isEmpty()
                ? 0
                : LogEntry.numberOf((byte[]) requireNonNull(((List<?>) requireNonNull(entries.get(0))).get(0)));
    }

    private List<byte[]> append(byte[] content, int messages, long now) {
        if (seal.signs()) {
            seal.sign(Seal.Kind.LOG_ENTRY, log, written, content);
        }
        byte[] entries = text(Integer.toString(retention.add(messages, content.length, now)));
        return List.of(log, text("MAXLEN"), entries, LogEntry.id(written), text("b"), content);
    }

    private byte[] beacon(boolean loss) {
        byte[] beacon = new Beacon(origin, written, loss).write(seal.signs());
        if (seal.signs()) {
            seal.sign(Seal.Kind.BEACON, names.sentinel(), 0, beacon);
        }
        return beacon;
    }

    /** The number as well: whoever finds the log gone, or without it, knows that there were messages. */
    private byte[] here() {
        return text(System.currentTimeMillis() + " " + written);
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
