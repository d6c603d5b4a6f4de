package io.github.cdimessages.internal.redis;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.Logs.Found;
import io.github.cdimessages.internal.redis.Logs.Servers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads from the logs in Redis what this server has missed, one poster after the other; what can't be read is a gap.
 * See docs/wire-format.md.
 */
final class LogReader {
    /** Whoever was silent for so long while this server heard the others has ended. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final long LONG_MILLIS = 60L * 60 * 1000;

    private final Intake intake;
    private final Duration logLives;

    // Mutable state: owned by the thread that recovers
    private @Nullable String epoch;
    /** What the hash has named and this server has had, or announced as missing, so that it is not announced again. */
    private Map<String, Long> known = Map.of();

    private Map<String, Long> named = Map.of();

    LogReader(Intake intake, RecoverySettings settings) {
        this.intake = intake;
        logLives = settings.keyLives();
    }

    /** Notes how far each server is; to be done before the first channel is subscribed. */
    void begin(Logs logs) {
        Servers servers = logs.servers();
        servers.heard().forEach((name, at) -> {
            long last = lastIn(logs, name);
            if (last == 0 && System.currentTimeMillis() - at > LONG_MILLIS) {
                logs.forget(name);
                return;
            }
            Origin origin = intake.origin(name);
            if (origin != null) {
                origin.startsAt(Math.max(origin.live(), last));
            }
        });
        epoch = servers.epoch();
        known = servers.numbers();
        named = known;
    }

    /**
     * Whether more was heard of a server than its log has: Redis has lost the end, or the server has not yet found the
     * node to which its log has moved.
     */
    boolean isAhead(Logs logs) {
        Servers servers = logs.servers();
        for (String name : servers.heard().keySet()) {
            Origin origin = intake.origins().get(name);
            long live = origin == null ? 0 : origin.live();
            long last = lastIn(logs, name);
            if ((last > 0 && last < live) || last < news(servers, name, live)) {
                return true;
            }
        }
        return false;
    }

    /** What was read is had, or announced as missing. */
    void done() {
        known = named;
    }

    /** The number that a server names, if it is above what is known; else 0. */
    private long news(Servers servers, String name, long at) {
        long number = servers.number(name);
        return number > at && number > known.getOrDefault(name, 0L) ? number : 0;
    }

    /**
     * Hands over what was missed on some channels, after they are subscribed again; tells whether all was read.
     *
     * @param outage how long nothing was heard
     * @param goesOn false when the connection that made them heard again is lost, too, or time is up
     */
    boolean read(Logs logs, Set<String> channels, Duration outage, BooleanSupplier goesOn) {
        Servers servers = logs.servers();
        named = servers.numbers();
        boolean forgotten = !servers.epoch().equals(epoch);
        if (forgotten) {
            channels.forEach(channel ->
                    intake.gap(channel, "", "this server was cut off, and Redis has lost its data, the logs included"));
            epoch = servers.epoch();
        }
        for (String name : servers.heard().keySet()) {
            Origin origin = intake.origin(name);
            if (origin != null) {
                Pass pass = new Pass(logs, name, origin, channels, forgotten);
                try {
                    if (!pass.read(outage, servers, goesOn)) {
                        return false;
                    }
                } catch (JedisDataException refusal) {
                    throwIfOfAll(refusal);
                    pass.missing(Long.MAX_VALUE, "what is in the place of the log of that server is none");
                }
            }
        }
        intake.origins().forEach((name, origin) -> {
            boolean lives =
                    System.nanoTime() - origin.heardAt() < outage.plus(SILENCE).toNanos();
            if (!forgotten && lives && !servers.heard().containsKey(name)) {
                channels.forEach(channel ->
                        intake.gap(channel, name, "this server was cut off, and that one keeps no log in Redis"));
            }
        });
        return true;
    }

    private static long lastIn(Logs logs, String name) {
        try {
            return logs.last(name);
        } catch (JedisDataException refusal) {
            throwIfOfAll(refusal);
            return 0;
        }
    }

    /** Something of another type in the place of one log does not keep us from the others. */
    private static void throwIfOfAll(JedisDataException refusal) {
        if (!String.valueOf(refusal.getMessage()).startsWith("WRONGTYPE")) {
            throw refusal;
        }
    }

    /** One poster's log. */
    private final class Pass {
        private final Logs logs;
        private final String name;
        private final Origin origin;
        private final Set<String> channels;
        private final boolean quiet;

        // Mutable state: owned by the thread that recovers
        private @Nullable String channel;
        private byte[] inRedis = {};

        Pass(Logs logs, String name, Origin origin, Set<String> channels, boolean quiet) {
            this.logs = logs;
            this.name = name;
            this.origin = origin;
            this.channels = channels;
            this.quiet = quiet;
        }

        /** Whether it was read to the end. */
        boolean read(Duration outage, Servers servers, BooleanSupplier goesOn) {
            long start = origin.live();
            long at = start;
            byte[] from = LogEntry.after(at);
            boolean foreign = false;
            while (from != null && goesOn.getAsBoolean()) {
                List<Found> page = logs.after(name, from);
                from = page.isEmpty() ? null : LogEntry.after(page.get(page.size() - 1).id);
                for (Found each : page) {
                    LogEntry entry = each.entry;
                    if (entry == null) {
                        refuse(requireNonNull(each.problem), foreign);
                        foreign = true;
                    } else if (entry.last() > at) {
                        take(entry, at);
                        at = entry.last();
                        origin.covers(channels, at);
                    }
                }
            }
            if (from != null || !goesOn.getAsBoolean()) {
                return false;
            }
            long more = news(servers, name, at);
            if (!(at == start && isLost(start, outage)) && more > 0) {
                missing(more, "what that server has posted is not, or no longer, in its log in Redis");
            }
            return true;
        }

        /** What is not ours moves nothing: its id may be as high as somebody likes, and ours may lie behind it. */
        private void refuse(MessagesException problem, boolean again) {
            intake.refused("log of " + name, problem);
            if (!again) {
                missing(Long.MAX_VALUE, "in the log of that server are entries that it has not written");
            }
        }

        private void take(LogEntry entry, long at) {
            if (entry.first() > at + 1) {
                missing(entry.first() - 1, "what was posted meanwhile is more, or older, than the log in Redis keeps");
            }
            if (entry.isLoss()) {
                missing(entry.last(), "Redis had accepted messages of that server and has lost them");
            }
            long number = entry.first();
            for (LogEntry.Message message : entry.messages()) {
                String to = nameOf(message.channel);
                if (to != null && channels.contains(to) && !origin.isCovered(to, number)) {
                    intake.recovered(to, message.envelope);
                }
                number++;
            }
        }

        private boolean isLost(long start, Duration outage) {
            long last = logs.last(name);
            if (last == 0 && outage.compareTo(logLives) >= 0) {
                missing(Long.MAX_VALUE, "this server was cut off for longer than the log in Redis is kept");
                return true;
            }
            if (last > 0 && last < start) {
                missing(Long.MAX_VALUE, "Redis has lost the end of the log of that server");
                return true;
            }
            return false;
        }

        private void missing(long upTo, String cause) {
            for (String each : channels) {
                if (!quiet && !origin.isCovered(each, upTo)) {
                    intake.gap(each, name, "this server was cut off, and " + cause);
                }
            }
        }

        private @Nullable String nameOf(byte[] channelInRedis) {
            if (!Arrays.equals(inRedis, channelInRedis)) {
                inRedis = channelInRedis;
                channel = logs.channel(channelInRedis);
            }
            return channel;
        }
    }
}
