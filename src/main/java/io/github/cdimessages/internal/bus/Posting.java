package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way of a post: to this server, through the network, or through the network if that is possible. */
final class Posting {
    private final BusParts parts;
    private final @Nullable Transport transport;
    private final Failures failures;
    private final Consumer<ChannelEvent> here;
    private final AutoPosts autoPosts = new AutoPosts();

    // Mutable state: atomic, and a flag that is set once
    private final AtomicLong sequence = new AtomicLong();
    private volatile boolean stopped;

    Posting(BusParts parts, Failures failures, Consumer<ChannelEvent> here) {
        this.parts = parts;
        this.transport = parts.transport();
        this.failures = failures;
        this.here = here;
    }

    CompletionStage<PostResult> post(String channel, Object message, Reach reach) {
        String type = parts.types().nameOf(message.getClass());
        if (stopped) {
            throw new IllegalStateException(
                    "channel '" + channel + "': the application has ended; nothing can be posted");
        }
        return switch (reach) {
            case LOCAL -> CompletableFuture.completedFuture(local(channel, message, sequence.incrementAndGet()));
            case GLOBAL -> global(channel, type, message);
            case AUTO -> auto(channel, type, message);
        };
    }

    /** Tells whether what came from the network is not a message that has been delivered here already. */
    boolean isFirst(Envelope envelope) {
        return !envelope.origin().equals(parts.origin()) || autoPosts.echoed(envelope.sequence());
    }

    void stop() {
        stopped = true;
    }

    private PostResult local(String channel, Object message, long number) {
        here.accept(new ChannelEvent(
                channel,
                parts.origin(),
                number,
                System.currentTimeMillis(),
                Reach.LOCAL,
                new LocalContent(message, parts.codec())));
        return new PostResult(ChannelEvent.messageId(parts.origin(), number), Reach.LOCAL);
    }

    private CompletionStage<PostResult> global(String channel, String type, Object message) {
        if (transport == null) {
            throw new IllegalStateException("channel '" + channel
                    + "': a GLOBAL message needs Redis, which is not enabled; set the property messages.redis.uri,"
                    + " for example to redis://localhost:6379");
        }
        Envelope envelope = envelope(channel, type, message);
        return transport.publish(envelope, true).handle((accepted, problem) -> {
            if (problem == null) {
                return reached(envelope, Reach.GLOBAL);
            }
            Throwable cause = unwrapped(problem);
            failures.unsent(channel, id(envelope), cause);
            throw new CompletionException(cause);
        });
    }

    private CompletionStage<PostResult> auto(String channel, String type, Object message) {
        if (transport == null || !transport.isReachable()) {
            return CompletableFuture.completedFuture(local(channel, message, sequence.incrementAndGet()));
        }
        Envelope envelope = envelope(channel, type, message);
        autoPosts.sent(envelope.sequence());
        return transport.publish(envelope, false).handle((accepted, problem) -> {
            if (problem == null) {
                autoPosts.confirmed(envelope.sequence());
                return reached(envelope, Reach.GLOBAL);
            }
            boolean inDoubt = unwrapped(problem) instanceof PostInDoubtException;
            return (inDoubt ? autoPosts.inDoubt(envelope.sequence()) : autoPosts.unsent(envelope.sequence()))
                    ? local(channel, message, envelope.sequence())
                    : reached(envelope, Reach.GLOBAL);
        });
    }

    /**
     * Writes the message now, on the poster's thread: what can't be written fails here, and later changes don't count.
     */
    private Envelope envelope(String channel, String type, Object message) {
        byte[] json = parts.codec().encode(message).getBytes(StandardCharsets.UTF_8);
        parts.types().declare(message.getClass());
        return new Envelope(
                channel,
                type,
                parts.origin(),
                sequence.incrementAndGet(),
                System.currentTimeMillis(),
                ByteBuffer.wrap(json));
    }

    private static PostResult reached(Envelope envelope, Reach reach) {
        return new PostResult(id(envelope), reach);
    }

    private static String id(Envelope envelope) {
        return ChannelEvent.messageId(envelope.origin(), envelope.sequence());
    }

    private static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }
}
