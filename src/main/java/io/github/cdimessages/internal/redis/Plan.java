package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.settings.ChannelNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes commands out of the difference between what is wanted and what Redis has confirmed on this connection. */
final class Plan {
    /** Small enough for an empty send buffer, so that the keeper never waits for a write. */
    private static final int COMMAND_LIMIT = 32 << 10;

    private final ChannelNames names;
    private final Map<String, Interest> wanted;

    // Mutable state: guarded by the lock of Subscriptions
    private final Set<String> confirmed = new HashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean begun;
    private int era;

    Plan(ChannelNames names, Map<String, Interest> wanted) {
        this.names = names;
        this.wanted = wanted;
    }

    /** A connection stands; gives its number. */
    int begin() {
        begun = true;
        changed.addAll(wanted.keySet());
        era++;
        return era;
    }

    void forget() {
        begun = false;
        changed.clear();
        confirmed.clear();
    }

    /** Away, nothing is noted: begin() starts from all that is wanted. */
    void changed(String channel) {
        if (begun) {
            changed.add(channel);
        }
    }

    void subscribed(String channel) {
        confirmed.add(channel);
    }

    Stream<String> confirmed() {
        return confirmed.stream();
    }

    boolean isConfirmed(String channel) {
        return confirmed.contains(channel);
    }

    void unsubscribed(String channel) {
        confirmed.remove(channel);
    }

    /** One command that does one thing, or null; a channel that was refused in company goes alone. */
    @Nullable
    Change next(int ofEra) {
        if (ofEra != era) {
            return null; // whoever asks was held up until that connection was gone, and would send it there
        }
        List<byte[]> channels = new ArrayList<>();
        boolean subscribes = false;
        int size = 0;
        for (Iterator<String> each = changed.iterator(); each.hasNext() && size < COMMAND_LIMIT; ) {
            String channel = each.next();
            Interest interest = wanted.get(channel);
            boolean waits = interest != null && !interest.open; // given up and wanted again: Redis confirms once more
            if ((interest != null) == confirmed.contains(channel) && !waits) {
                each.remove();
                continue;
            }
            boolean alone = interest != null && interest.asksAlone;
            if (!channels.isEmpty() && (alone || subscribes != (interest != null))) {
                break;
            }
            each.remove();
            subscribes = interest != null;
            byte[] inRedis = interest != null ? interest.inRedis : names.inRedis(channel);
            channels.add(inRedis);
            size += inRedis.length + 16;
            if (alone) {
                break;
            }
        }
        return channels.isEmpty() ? null : new Change(subscribes, channels);
    }
}
