package io.github.cdimessages.internal.redis;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.Logs.Found;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads one poster's log, once. */
final class LogPass {
    private final Logs logs;
    private final String name;
    private final Origin origin;
    private final Set<String> channels;
    private final Intake intake;
    private final Duration logLives;
    private final boolean quiet;

    // Mutable state: owned by the thread that recovers
    private @Nullable String channel;
    private byte[] inRedis = {};

    /**
     * Of a poster's log.
     *
     * @param quiet whether nothing is announced as missing, as all is announced already
     */
    LogPass(
            Logs logs,
            String name,
            Origin origin,
            Set<String> channels,
            Intake intake,
            Duration logLives,
            boolean quiet) {
        this.logs = logs;
        this.name = name;
        this.origin = origin;
        this.channels = channels;
        this.intake = intake;
        this.logLives = logLives;
        this.quiet = quiet;
    }

    /**
     * Whether it was read to its end of now. What is logged later is published later, and so comes live; a log that
     * grows as fast as it is read would have no end.
     *
     * @param named the number that the poster has named, if it is news; else 0
     */
    boolean read(Duration outage, long named, BooleanSupplier goesOn) {
        long start = origin.live();
        long at = start;
        byte[] end = logs.end(name);
        byte[] from = LogEntry.after(at);
        boolean foreign = false;
        while (from != null && goesOn.getAsBoolean()) {
            List<Found> page = logs.after(name, from);
            byte[] last = page.isEmpty() ? end : page.get(page.size() - 1).id;
            from = LogEntry.reaches(last, end) ? null : LogEntry.after(last);
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
        if (!(at == start && isLost(start, outage)) && named > at) {
            missing(named, "what that server has posted is not, or no longer, in its log in Redis");
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

    /** Announces as missing what there is up to a number and was not had. */
    void missing(long upTo, String cause) {
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
