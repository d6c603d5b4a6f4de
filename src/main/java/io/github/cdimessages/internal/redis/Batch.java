package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What one write sends and Redis answers together: the entry of the log, posts or a PING where there are none, and what
 * this server says of itself.
 */
final class Batch {
    /** A large message on a slow network: a connection that carries a megabyte a second is not given up. */
    private static final long NANOS_PER_BYTE = 1_000;

    final List<Post> posts;
    final long startedAt = System.nanoTime();

    // Mutable state: set by the thread that writes the batch, before it shows it to others
    /** How many answers come before those of the posts, and after. */
    int before;

    int after;

    // Mutable state: written by the thread that writes the batch, read by the keeper
    private volatile boolean written;

    private long writtenAt;

    // Mutable state: owned by the thread that reads the answers
    private int answered;
    /** Whether Redis has taken the entry of the log: servers that recover hear what it refuses to publish. */
    private boolean inLog;
    /** Whether Redis has published what this server says of itself. */
    boolean said;

    Batch(List<Post> posts) {
        this.posts = posts;
    }

    static Batch probe() {
        return new Batch(List.of());
    }

    boolean isProbe() {
        return posts.isEmpty();
    }

    /** Why it is not to be waited for any longer; null as long as it is. */
    @Nullable
    String late(long now, Timing timing) {
        if (written) {
            return now - writtenAt > timing.answer().toNanos()
                    ? "no answer within " + timing.answer().toMillis() + " ms"
                    : null;
        }
        long most = timing.write().toNanos();
        if (now - startedAt > most) {
            for (Post post : posts) {
                most += 2L * post.size() * NANOS_PER_BYTE; // twice, as it is in the log, too
            }
        }
        return now - startedAt > most ? "a write took longer than " + most / 1_000_000 + " ms" : null;
    }

    /** It has left this server, or failed to. */
    void written() {
        writtenAt = System.nanoTime();
        written = true;
    }

    boolean isAnswered() {
        return answered == before + Math.max(1, posts.size()) + after;
    }

    /** Takes the next answer. */
    void answer(Object reply, BatchLog log) {
        int post = answered - before;
        answered++;
        if (post < 0) {
            log.answered(reply);
            inLog = !(reply instanceof JedisDataException);
        } else if (post == Math.max(1, posts.size()) && reply instanceof Long) {
            said = true;
        } else if (reply instanceof JedisDataException refusal) {
            if (post < posts.size()) {
                posts.get(post).refusal = refused(refusal);
            } else if (!isProbe() || post > 0) {
                log.problem(refusal);
            }
        }
    }

    List<Post> answeredPosts() {
        return posts.subList(0, answeredCount());
    }

    List<Post> postsInDoubt() {
        return posts.subList(answeredCount(), posts.size());
    }

    private int answeredCount() {
        return Math.max(0, Math.min(answered - before, posts.size()));
    }

    private MessagesException refused(JedisDataException refusal) {
        String problem = "Redis refuses the message: " + refusal.getMessage()
                + "; if it is a matter of rights, give the user of property '" + RedisSettings.URI
                + "' +publish and the channels of property '" + RedisSettings.PREFIX + "'";
        return inLog
                ? new PostInDoubtException(
                        problem + ". Servers that were cut off may hear it all the same, as it is in the log", refusal)
                : new MessagesException(problem, refusal);
    }
}
