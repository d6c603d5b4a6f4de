package io.github.cdimessages.internal.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far this server has heard another one, so that each message is taken once; see docs/wire-format.md.
 *
 * <p>Live messages of one server come in the order of their numbers, so one number tells which were heard. What was
 * read from the log counts only for the channels that it was read for: on a channel that was subscribed later, a
 * message with such a number may still come, for the first time.
 */
final class Origin {

    // Mutable state: owned by the holder of the Intake's turn
    /** All that it has sent up to this number was heard, on all channels that were subscribed. */
    private long live;

    private final List<Cover> covers = new ArrayList<>();
    private long heardAt;

    /** What was read from the log: everything up to a number, for some channels. */
    private static final class Cover {
        final Set<String> channels;
        long upTo;

        Cover(Set<String> channels) {
            this.channels = channels;
        }
    }

    Origin(long now) {
        heardAt = now;
    }

    long live() {
        return live;
    }

    long heardAt() {
        return heardAt;
    }

    /** Takes a live message; false if this server has had it. */
    boolean hears(String channel, long number) {
        if (number <= live) {
            return false;
        }
        boolean had = isCovered(channel, number);
        heardUpTo(number);
        return !had;
    }

    void hears(Beacon beacon, long now) {
        heardAt = now;
        if (beacon.number() > live) {
            heardUpTo(beacon.number());
        }
    }

    /** Starts behind all that it has sent so far. */
    void startsAt(long number) {
        live = number;
    }

    /** Whether everything up to a number was heard or read on a channel. */
    boolean isCovered(String channel, long number) {
        if (number <= live) {
            return true;
        }
        for (Cover cover : covers) {
            if (number <= cover.upTo && cover.channels.contains(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Notes that the log was read up to a number for some channels, from {@link #live} on. */
    void covers(Set<String> channels, long number) {
        for (Cover cover : covers) {
            if (cover.channels.equals(channels)) {
                cover.upTo = Math.max(cover.upTo, number);
                return;
            }
        }
        Cover cover = new Cover(channels);
        cover.upTo = number;
        covers.add(cover);
    }

    private void heardUpTo(long number) {
        live = number;
        covers.removeIf(cover -> cover.upTo <= live);
    }
}
