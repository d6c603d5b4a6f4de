package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.spi.NotReachableException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells posters what became of their posts, never on a thread that talks to Redis.
 *
 * <p>What is attached to a post's stage may wait for another post, for one of the same batch, too. So whoever tells the
 * poster of one has asked for another thread before, unless no post is left or a thread that was asked for has not
 * begun yet: that costs a task for each thread, not for each post. A thread that waits for a post when it is answered
 * needs no other: see {@link Handover}.
 */
final class Settlement {
    private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

    private final Executor completions;
    private final Budget budget;

    // Mutable state: concurrent. The posts are bounded by the budget, for which the last act is to release them
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    /** Whether a thread was asked for and has not begun; it will find whatever was added before it began. */
    private final AtomicBoolean coming = new AtomicBoolean();

    Settlement(Executor completions, Budget budget) {
        this.completions = completions;
        this.budget = budget;
    }

    /** These were answered, each with success or its own refusal. */
    void answered(List<Post> posts) {
        settle(posts, null);
    }

    /** These all ended for one reason. */
    void failed(List<Post> posts, String reason) {
        if (!posts.isEmpty()) {
            settle(posts, new MessagesException(reason));
        }
    }

    /** These were not to wait, and the network is away. */
    void unreachable(List<Post> posts, String reason) {
        if (!posts.isEmpty()) {
            settle(posts, new NotReachableException(reason));
        }
    }

    /** These were sent and not answered. */
    void inDoubt(List<Post> posts, String reason) {
        if (!posts.isEmpty()) {
            settle(posts, new PostInDoubtException(reason));
        }
    }

    /** Tells the posters of those whose time is over; the posts themselves are still under way. */
    void overdue(List<Post> posts, long now, String reason) {
        List<Post> overdue =
                posts.stream().filter(post -> !post.told && post.isOverdue(now)).toList();
        if (!overdue.isEmpty()) {
            overdue.forEach(post -> post.told = true);
            MessagesException failure = new PostInDoubtException(reason);
            overdue.forEach(post -> tell(post, failure, false));
            askForThread();
        }
    }

    /** Runs what may run code of the application. */
    void run(Runnable task) {
        try {
            completions.execute(task);
        } catch (RejectedExecutionException e) {
            // the server's executor ends before us at undeploy; stages must be done all the same
            LOG.log(WARNING, "the executor for completions takes no more tasks; a thread of its own runs this one", e);
            Thread thread = new Thread(task, "cdi-messages-redis-completions");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void settle(List<Post> posts, @Nullable MessagesException failure) {
        for (Post post : posts) {
            tell(post, failure != null ? failure : post.refusal, true);
        }
        askForThread();
    }

    private void tell(Post post, @Nullable MessagesException failure, boolean isLast) {
        Settled one = new Settled(post, failure, isLast);
        if (!post.handover.give(one)) {
            settled.add(one);
        }
    }

    private void askForThread() {
        if (!settled.isEmpty() && coming.compareAndSet(false, true)) {
            try {
                run(this::complete);
            } catch (Throwable e) { // no memory for a thread: whoever settles next asks again
                coming.set(false);
                throw e;
            }
        }
    }

    private void complete() {
        coming.set(false);
        for (Settled next = settled.poll(); next != null; next = settled.poll()) {
            try {
                askForThread(); // before the application's code runs, which may wait for what is left
            } finally {
                next.run();
            }
        }
    }

    /** A post and what its poster is told; it is the last that is heard of it unless it is still under way. */
    private final class Settled implements Runnable {
        private final Post post;
        private final @Nullable MessagesException failure;
        private final boolean isLast;

        Settled(Post post, @Nullable MessagesException failure, boolean isLast) {
            this.post = post;
            this.failure = failure;
            this.isLast = isLast;
        }

        @Override
        public void run() {
            try {
                if (failure == null) {
                    post.stage.complete(null);
                } else {
                    post.stage.completeExceptionally(failure);
                }
            } finally {
                if (isLast) {
                    budget.release(1, post.size()); // last: the budget bounds what waits for these threads, too
                }
            }
        }
    }
}
