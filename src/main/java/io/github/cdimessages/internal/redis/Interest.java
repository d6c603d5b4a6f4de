package io.github.cdimessages.internal.redis;

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
}
