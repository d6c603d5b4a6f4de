package io.github.cdimessages.internal.bus;

import static io.github.cdimessages.internal.bus.Stages.unwrapped;
import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.NotReachableException;
import io.github.cdimessages.spi.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The way of a post: to this server, through the network, or through the network if that is possible. */
final class Posting {
    private final BusParts parts;
    private final @Nullable Transport transport;
    private final Failures failures;
    private final Consumer<ChannelEvent> here;
    private final AutoPosts autoPosts;

    // Mutable state: atomic, and a flag that is set once
    private final AtomicLong sequence = new AtomicLong();
    private volatile boolean stopped;

    Posting(BusParts parts, Failures failures, Consumer<ChannelEvent> here, Predicate<String> isHeard) {
        this.parts = parts;
        this.transport = parts.transport();
        this.failures = failures;
        this.here = here;
        Transport network = parts.transport();
        this.autoPosts = new AutoPosts(here, isHeard, channel -> network != null && network.isReachable(channel));
    }

    CompletionStage<PostResult> post(String channel, Object message, Reach reach) {
        String type = parts.types().nameOf(message.getClass());
        if (stopped) {
            throw new IllegalStateException(
                    "channel '" + channel + "': the application has ended; nothing can be posted");
        }
        return switch (reach) {
            case LOCAL -> CompletableFuture.completedFuture(local(channel, message));
            case GLOBAL -> global(channel, type, message);
            case AUTO -> auto(channel, type, message);
        };
    }

    /** Hands over what came from the network, unless it has been heard here already. */
    void received(Envelope envelope, ChannelEvent event) {
        if (envelope.origin().equals(parts.origin())) {
            autoPosts.echoed(envelope.sequence(), event);
        } else {
            here.accept(event);
        }
    }

    /** The network is away for these: what was posted with AUTO and has not come back from it is heard here now. */
    void fallBack(Predicate<String> channels) {
        autoPosts.fallBack(channels);
    }

    long nextSequence() {
        return sequence.incrementAndGet();
    }

    void stop() {
        stopped = true;
    }

    private PostResult local(String channel, Object message) {
        ChannelEvent event = local(channel, message, sequence.incrementAndGet());
        here.accept(event);
        return new PostResult(event.messageId(), Reach.LOCAL);
    }

    private ChannelEvent local(String channel, Object message, long number) {
        return new ChannelEvent(
                channel,
                parts.origin(),
                number,
                System.currentTimeMillis(),
                Reach.LOCAL,
                new LocalContent(message, parts.codec()));
    }

    private CompletionStage<PostResult> global(String channel, String type, Object message) {
        if (transport == null) {
            throw new IllegalStateException("channel '" + channel
                    + "': a GLOBAL message needs Redis, which is not enabled; set the property messages.redis.uri,"
                    + " for example to redis://localhost:6379");
        }
        Envelope envelope = envelope(channel, type, message);
        return Stages.then(
                transport.publish(envelope, true),
                reached(envelope, Reach.GLOBAL),
                problem -> failures.unsent(channel, id(envelope), problem));
    }

    private CompletionStage<PostResult> auto(String channel, String type, Object message) {
        if (transport == null || !transport.isReachable(channel)) {
            autoPosts.passBy(channel);
            return CompletableFuture.completedFuture(local(channel, message));
        }
        Envelope envelope = envelope(channel, type, message);
        long number = envelope.sequence();
        AutoPost post = autoPosts.sent(
                number, local(channel, message, number), envelope.body().remaining());
        return publish(envelope, post).handle((accepted, problem) -> {
            if (problem == null) {
                autoPosts.confirmed(post);
                return reached(envelope, Reach.GLOBAL);
            }
            Throwable cause = unwrapped(problem);
            if (isFault(cause)) {
                failures.unsent(channel, id(envelope), cause); // it is a fault, though this server has the message
            }
            boolean echoed = autoPosts.failed(post, cause instanceof PostInDoubtException);
            return reached(envelope, echoed ? Reach.GLOBAL : Reach.LOCAL);
        });
    }

    /** A network that is away or breaks is none; one that refuses the message is. */
    private static boolean isFault(Throwable cause) {
        boolean isBreak = cause instanceof PostInDoubtException && cause.getCause() == null;
        return !isBreak && !(cause instanceof NotReachableException);
    }

    private CompletionStage<Void> publish(Envelope envelope, AutoPost post) {
        try {
            return requireNonNull(transport).publish(envelope, false);
        } catch (RuntimeException | Error e) {
            autoPosts.refused(post);
            throw e;
        }
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
}
