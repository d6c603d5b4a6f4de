package io.github.cdimessages.internal.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Posts that are not written yet, in the order in which they came.
 *
 * <p>Posters push on a lock-free stack and never wait. Whoever takes posts turns the stack over, onto the end of a
 * list, under a lock that posters do not need.
 */
final class Outbox {
    private final AtomicReference<@Nullable Post> arrivals = new AtomicReference<>();
    private final Object lock = new Object();

    // Mutable state: guarded by lock; first is also read without it
    private volatile @Nullable Post first;
    private @Nullable Post last;

    /** Adds a post; tells whether it is the first since somebody took, so that its poster sees to it that it leaves. */
    boolean add(Post post) {
        Post before;
        do {
            before = arrivals.get();
            post.next = before;
        } while (!arrivals.compareAndSet(before, post));
        return before == null;
    }

    boolean hasWork() {
        return arrivals.get() != null || first != null;
    }

    /**
     * Takes what may leave together, or null for nothing. Where the first post alone is larger than the limit, a probe
     * stands for it, unless it is to be taken all the same.
     */
    @Nullable
    Batch take(int limit, boolean firstAtLeast) {
        synchronized (lock) {
            turnOver();
            Post post = first;
            if (post == null) {
                return null;
            }
            if (post.size() > limit && !firstAtLeast) {
                return Batch.probe();
            }
            List<Post> taken = new ArrayList<>();
            int size = 0;
            do {
                taken.add(post);
                size += post.size();
                post = post.next;
            } while (post != null && size + post.size() <= limit);
            Batch batch = new Batch(taken); // before the next lines: where memory is short, no post is lost
            first = post;
            if (post == null) {
                last = null;
            }
            return batch;
        }
    }

    /** Removes what is not to be sent any more. */
    List<Post> remove(Predicate<Post> unwanted) {
        List<Post> removed = new ArrayList<>();
        synchronized (lock) {
            turnOver();
            Post kept = null;
            for (Post post = first; post != null; post = post.next) {
                if (unwanted.test(post)) {
                    removed.add(post);
                    if (kept == null) {
                        first = post.next;
                    } else {
                        kept.next = post.next;
                    }
                } else {
                    kept = post;
                }
            }
            last = kept;
        }
        return removed;
    }

    private void turnOver() {
        Post newest = arrivals.getAndSet(null);
        if (newest == null) {
            return;
        }
        Post oldest = null;
        for (Post post = newest; post != null; ) {
            Post older = post.next;
            post.next = oldest;
            oldest = post;
            post = older;
        }
        if (last == null) {
            first = oldest;
        } else {
            last.next = oldest;
        }
        last = newest;
    }
}
