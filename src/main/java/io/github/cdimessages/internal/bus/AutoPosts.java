package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.internal.bus.AutoPost.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sees to it that a message posted with {@code AUTO} is heard on this server once and in order: by its echo from the
 * network, or at once where the network fails, whichever is first.
 *
 * <p>Each message stays in its lane, behind what its thread posted to its channel before, until it was heard here.
 * Whatever is heard of a lane, all that stands before is heard first: it can't come from the network any more, as that
 * keeps a thread's order, or has taken too long. Messages are handed over under the monitor, or a later one could
 * overtake; that only files them and runs no code of the application.
 */
final class AutoPosts {
    /** Messages heard here without the network whose echo is still refused: it may come late, by recovery. */
    private static final int MOST_REMEMBERED = 100_000;

    /** How many, and how large, are those that the network has accepted and whose echo is not here yet. */
    private static final int MOST_AWAITED = 10_000;

    private static final long MOST_AWAITED_BYTES = 16L << 20;
    /** Longer than it takes to find a dead link: what was not here by then had no listener. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Consumer<ChannelEvent> here;
    private final Predicate<String> hasListeners;
    private final Predicate<String> isReachable;

    // Mutable state: concurrent, so that an echo of another reach need not wait; changed under the monitor alone
    private final Map<Long, AutoPost> known = new ConcurrentHashMap<>();

    // Mutable state: guarded by this object's monitor
    private final Map<Lane, Deque<AutoPost>> lanes = new HashMap<>();
    private final Set<AutoPost> awaited = new LinkedHashSet<>();
    private final Queue<Long> remembered = new ArrayDeque<>();
    private long awaitedBytes;

    AutoPosts(Consumer<ChannelEvent> here, Predicate<String> hasListeners, Predicate<String> isReachable) {
        this.here = here;
        this.hasListeners = hasListeners;
        this.isReachable = isReachable;
    }

    /** Notes a message that is about to be handed to the network. */
    synchronized AutoPost sent(long sequence, ChannelEvent fallback, int size) {
        AutoPost post = new AutoPost(sequence, fallback, size);
        known.put(post.sequence, post);
        lanes.computeIfAbsent(post.lane, lane -> new ArrayDeque<>()).add(post);
        return post;
    }

    /** The network took it not even in hand, and its poster is told by an exception: it is heard nowhere. */
    synchronized void refused(AutoPost post) {
        known.remove(post.sequence);
        leave(post);
    }

    /** A message of this thread is about to be heard here without the network. */
    synchronized void passBy(String channel) {
        hearAll(AutoPost.laneOf(channel));
    }

    /** The network has accepted it: its echo has come or comes, soon or by recovery. */
    synchronized void confirmed(AutoPost post) {
        post.confirmedAt = System.nanoTime();
        if (post.isHeard()) {
            settle(post);
        } else if (!isReachable.test(post.lane.channel())) {
            hearUpTo(post);
        } else if (hasListeners.test(post.lane.channel())) {
            awaited.add(post);
            awaitedBytes += post.size;
            forgetOldest();
        } else {
            refused(post); // nobody here has subscribed to it: no echo comes
        }
    }

    /** The network has not accepted it, or not said so; tells whether it was heard by its echo all the same. */
    synchronized boolean failed(AutoPost post, boolean isInDoubt) {
        hearUpTo(post);
        if (isInDoubt) {
            settle(post);
        } else {
            known.remove(post.sequence);
        }
        return post.echoed;
    }

    /** A message of this server is back from the network; hands it over unless it was heard already. */
    void echoed(long sequence, ChannelEvent event) {
        AutoPost post = known.get(sequence);
        if (post == null) {
            here.accept(event); // the usual case: another reach
            return;
        }
        synchronized (this) {
            if (!post.isHeard()) {
                post.echoed = true;
                post.fallback = event;
                hearUpTo(post);
                known.remove(post.sequence);
            }
        }
    }

    /** The network is away for these channels: all that it has not brought back is heard here now. */
    synchronized void fallBack(Predicate<String> channels) {
        for (Lane lane : new ArrayList<>(lanes.keySet())) {
            if (channels.test(lane.channel())) {
                hearAll(lane);
            }
        }
    }

    private void hearAll(Lane lane) {
        Deque<AutoPost> posts = lanes.get(lane);
        if (posts != null) {
            hearUpTo(posts.getLast());
        }
    }

    private void hearUpTo(AutoPost last) {
        while (!last.isHeard()) {
            hear(requireNonNull(lanes.get(last.lane)).getFirst());
        }
    }

    private void hear(AutoPost post) {
        ChannelEvent event = requireNonNull(post.fallback);
        boolean awaitsEcho = post.confirmedAt != 0 && !post.echoed;
        if (awaitsEcho && System.nanoTime() - post.confirmedAt > STALE_NANOS) {
            refused(post);
            return;
        }
        leave(post);
        if (awaitsEcho) {
            settle(post);
        }
        here.accept(event);
    }

    /** Takes it out of its lane: it was heard, or will not be. */
    private void leave(AutoPost post) {
        post.fallback = null;
        if (awaited.remove(post)) {
            awaitedBytes -= post.size;
        }
        Deque<AutoPost> posts = lanes.get(post.lane);
        if (posts != null && posts.remove(post) && posts.isEmpty()) {
            lanes.remove(post.lane);
        }
    }

    /** It was heard here and nothing more is known of it later: its echo is refused for as long as there is room. */
    private void settle(AutoPost post) {
        if (!post.echoed) {
            remembered.add(post.sequence);
            if (remembered.size() > MOST_REMEMBERED) {
                known.remove(remembered.remove());
            }
        }
    }

    private void forgetOldest() {
        while (awaited.size() > MOST_AWAITED || awaitedBytes > MOST_AWAITED_BYTES) {
            refused(awaited.iterator().next());
        }
    }
}
