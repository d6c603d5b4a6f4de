package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/** What one write sends and Redis answers together: posts, or a PING where there are none. */
final class Batch {
    final List<Post> posts;
    final long startedAt = System.nanoTime();

    // Mutable state: written by the thread that writes the batch, read by the keeper
    volatile boolean written;

    // Mutable state: owned by the thread that reads the answers
    private int answered;

    Batch(List<Post> posts) {
        this.posts = posts;
    }

    static Batch probe() {
        return new Batch(List.of());
    }

    boolean isProbe() {
        return posts.isEmpty();
    }

    boolean isAnswered() {
        return answered == Math.max(1, posts.size());
    }

    void answer(Object reply) {
        if (!isProbe() && reply instanceof JedisDataException refusal) {
            posts.get(answered).refusal = new MessagesException(
                    "Redis refuses the message: " + refusal.getMessage()
                            + "; if it is a matter of rights, give the user of property '" + RedisSettings.URI
                            + "' +publish and the channels of property '" + RedisSettings.PREFIX + "'",
                    refusal);
        }
        answered++;
    }

    List<Post> answeredPosts() {
        return posts.subList(0, Math.min(answered, posts.size()));
    }

    List<Post> postsInDoubt() {
        return posts.subList(Math.min(answered, posts.size()), posts.size());
    }
}
