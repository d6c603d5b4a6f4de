package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One envelope on its way to Redis, with the stage that tells its poster. */
final class Post {
    /** About what the objects around the bytes of a post take. */
    private static final int OVERHEAD = 128;

    final Handover handover = new Handover();
    final CompletableFuture<Void> stage = Receipt.of(handover);
    final byte[] channel;
    final byte[] envelope;
    final boolean patient;
    final long postedAt;
    final long deadline;

    // Mutable state: next belongs to the Outbox, or to a poster before it has added the post;
    // refusal to the publisher's thread, until it hands the post to the completions; told to the keeper
    @Nullable
    Post next;

    @Nullable
    MessagesException refusal;

    /** Whether its poster is being told that its time is over while it is under way. */
    boolean told;

    Post(byte[] channel, byte[] envelope, boolean patient, long postedAt, long deadline) {
        this.channel = channel;
        this.envelope = envelope;
        this.patient = patient;
        this.postedAt = postedAt;
        this.deadline = deadline;
    }

    static int size(byte[] channel, byte[] envelope) {
        return channel.length + envelope.length + OVERHEAD;
    }

    int size() {
        return size(channel, envelope);
    }

    boolean isOverdue(long now) {
        return now - deadline >= 0;
    }
}
