package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.InboxOverflow;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The announcements that wait for their observers. Bounded, and so that a flood of failed or dropped messages can't
 * push out the news that messages are missing, nor anything a revocation: of gaps none is dropped, those of one channel
 * become one, and so do drops, whose sum is exact.
 */
final class AnnouncementQueue {
    /** Failures alone may be caused by whoever can write to Redis, with a text of his own. */
    private static final long MOST_TEXT = 16L << 20;

    private final int most;

    // Mutable state, guarded by this object's monitor
    private final Queue<AuthenticationRevoked> revoked = new ArrayDeque<>();
    private final Queue<Object> news = new ArrayDeque<>();
    private final Map<String, ChannelGap> gaps = new LinkedHashMap<>();
    private final Map<String, Long> drops = new LinkedHashMap<>();
    private final Queue<DeliveryFailure> failures = new ArrayDeque<>();
    private long text;
    private long dropped;

    /** Takes so many of each kind, drops of so many channels, and gaps of as many as there are. */
    AnnouncementQueue(int most) {
        this.most = most;
    }

    /** Files an event, or counts that there is no room for it. */
    synchronized void add(Object event) {
        if (event instanceof AuthenticationRevoked one) {
            if (revoked.size() < most) {
                revoked.add(one);
                return;
            }
        } else if (event instanceof DeliveryFailure failure) {
            long size = size(failure);
            if (failures.size() < most && text + size <= MOST_TEXT) {
                failures.add(failure);
                text += size;
                return;
            }
        } else if (event instanceof InboxOverflow overflow) {
            if (drops.size() < most || drops.containsKey(overflow.channel())) {
                drops.merge(overflow.channel(), overflow.dropped(), Long::sum);
                return;
            }
        } else if (news.size() < most) {
            news.add(event);
            return;
        } else if (event instanceof ChannelGap gap) {
            gaps.merge(gap.channel(), gap, AnnouncementQueue::together);
            return;
        }
        dropped++;
    }

    /** Takes the oldest event, revocations first and failures last; null if there is none. */
    synchronized @Nullable Object poll() {
        Object first = revoked.isEmpty() ? news.poll() : revoked.poll();
        if (first != null) {
            return first;
        }
        if (!gaps.isEmpty()) {
            return oldest(gaps).getValue();
        }
        if (!drops.isEmpty()) {
            Map.Entry<String, Long> sum = oldest(drops);
            return new InboxOverflow(sum.getKey(), sum.getValue());
        }
        DeliveryFailure failure = failures.poll();
        text -= failure == null ? 0 : size(failure);
        return failure;
    }

    /** How many there was no room for since this was last asked. */
    synchronized long takeDropped() {
        long before = dropped;
        dropped = 0;
        return before;
    }

    synchronized void clear() {
        revoked.clear();
        news.clear();
        gaps.clear();
        drops.clear();
        failures.clear();
        text = 0;
    }

    private static <T> Map.Entry<String, T> oldest(Map<String, T> waiting) {
        Iterator<Map.Entry<String, T>> all = waiting.entrySet().iterator();
        Map.Entry<String, T> first = all.next();
        all.remove();
        return first;
    }

    private static ChannelGap together(ChannelGap one, ChannelGap other) {
        String origin = one.origin().equals(other.origin()) ? one.origin() : "";
        return new ChannelGap(one.channel(), origin, -1, one.cause());
    }

    private static long size(DeliveryFailure failure) {
        String json = failure.json();
        return json == null ? 0 : json.length();
    }
}
