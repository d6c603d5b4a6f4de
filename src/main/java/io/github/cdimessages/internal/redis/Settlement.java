package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.spi.NotReachableException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Tells posters what became of their posts, one task a batch and never on a thread that talks to Redis. */
final class Settlement {
    private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

    private final Executor completions;
    private final Budget budget;

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
            run(() -> overdue.forEach(post -> complete(post, failure)));
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
        if (posts.isEmpty()) {
            return;
        }
        long bytes = 0;
        for (Post post : posts) {
            bytes += post.size();
        }
        long size = bytes;
        run(() -> {
            try {
                posts.forEach(post -> complete(post, failure != null ? failure : post.refusal));
            } finally {
                budget.release(posts.size(), size); // last: the budget bounds what waits for these threads, too
            }
        });
    }

    private static void complete(Post post, @Nullable MessagesException failure) {
        if (failure == null) {
            post.stage.complete(null);
        } else {
            post.stage.completeExceptionally(failure);
        }
    }
}
