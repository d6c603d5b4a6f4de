package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A channel that this server wants to hear, and the posts that wait until it does. */
final class Interest {
    final String channel;
    final byte[] inRedis;

    // Mutable state: guarded by the lock of Subscriptions; open is also read without it
    final Deque<Post> held = new ArrayDeque<>();
    CompletableFuture<Void> ready = new CompletableFuture<>();
    /** Whether posts may pass: the channel is confirmed, refused, or given up. */
    volatile boolean open;
    /** Whether Redis has refused it when it was asked for last. */
    boolean refused;

    Interest(String channel, byte[] inRedis) {
        this.channel = channel;
        this.inRedis = inRedis;
    }

    MessagesException refusal(String message) {
        return new MessagesException("channel '" + channel + "': Redis refuses it (" + message
                + "); give the user of property '" + RedisSettings.URI + "' the channels of property '"
                + RedisSettings.PREFIX + "' and their sentinel. It is asked for again every few seconds");
    }

    static MessagesException givenUp(String channel) {
        return new MessagesException("channel '" + channel + "': given up before Redis had confirmed it");
    }
}
