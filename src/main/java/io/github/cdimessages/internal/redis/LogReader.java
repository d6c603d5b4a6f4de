package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.Logs.Servers;
import io.github.cdimessages.internal.redis.settings.RecoverySettings;
import java.time.Duration;
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
                LogPass pass = new LogPass(logs, name, origin, channels, intake, logLives, forgotten);
                try {
                    if (!pass.read(outage, news(servers, name, 0), goesOn)) {
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
}
