package io.github.cdimessages.internal.redis;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.internal.redis.settings.PubSub;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Sends posts by group commit: a poster that finds the connection idle writes its post, posts that come meanwhile
 * gather, and the thread that has read the answers writes them as the next batch.
 *
 * <p>A poster never waits: it writes at most {@link BatchWriter#CALLER_LIMIT} bytes, the same again for the log, and
 * only when all that was sent before has been answered, so that the socket's send buffer is empty and takes them. Where
 * the first post is larger than that, the poster only sends a PING, whose answer makes the reading thread write it.
 */
final class Publisher implements LinkLoop.Duty {
    /** So long a poster that reads does not notice that it is interrupted. */
    private static final int READ_MILLIS = 10;

    private static final String IN_DOUBT = "the message was sent and not answered, so whether Redis published it is in"
            + " doubt; it is not sent again. Post it anew if a duplicate does no harm";

    private final Outbox outbox;
    private final Settlement settlement;
    private final BatchLog log;
    private final Reachability reachability;
    private final Timing timing;
    private final Echo echo;
    private final BatchWriter writer;
    private final ReadingTurn turn = new ReadingTurn();
    private final Handover.Reading reading = this::readUntil;

    Publisher(
            PubSub commands,
            Outbox outbox,
            Settlement settlement,
            BatchLog log,
            Reachability reachability,
            Timing timing,
            Echo echo) {
        this.outbox = outbox;
        this.settlement = settlement;
        this.log = log;
        this.reachability = reachability;
        this.timing = timing;
        this.echo = echo;
        writer = new BatchWriter(commands, outbox, log, timing);
    }

    @Nullable
    Link link() {
        return writer.link();
    }

    void submit(Post post) {
        post.handover.readBy(reading);
        boolean first = outbox.add(post);
        if (link() == null) {
            if (!post.patient) {
                dropImpatient(); // the link broke between the caller's look at it and now
            }
        } else if (first) {
            kick();
        }
    }

    /** Sends what waits if nobody is about to. */
    void kick() {
        if (!writer.write()) {
            turn.recall();
        }
    }

    /** The keeper's look: ends what took too long, keeps a quiet connection alive. */
    void tick(long now) {
        settlement.failed(
                outbox.remove(post -> post.isOverdue(now)),
                "Redis at " + reachability.address() + " did not take the message in time (property '"
                        + RedisSettings.POST_TIMEOUT + "'); it was not sent and will not be");
        Link current = link();
        Batch sent = writer.batch();
        if (current != null && sent != null) {
            settlement.overdue(sent.posts, now, IN_DOUBT);
            String late = sent.late(now, timing);
            if (late != null) {
                current.giveUp(late);
            }
        }
        kick();
        writer.probe(now);
    }

    @Override
    public Reachability.Side side() {
        return Reachability.Side.PUBLISHER;
    }

    @Override
    public void serve(Link newLink) {
        newLink.setSoTimeout((int) timing.answer().toMillis());
        log.greet(newLink, System.nanoTime());
        newLink.setSoTimeout(0);
        writer.begin(newLink);
        reachability.up(side());
        kick();
        while (true) {
            if (readAnswers(newLink, true) && newLink.canBeAwaited()) {
                turn.lend();
            }
        }
    }

    @Override
    public void lost() {
        Batch broken = writer.end();
        if (broken != null) {
            settlement.answered(broken.answeredPosts());
            settlement.inDoubt(
                    broken.postsInDoubt(),
                    "the connection to Redis at " + reachability.address() + " broke: " + IN_DOUBT);
        }
        dropImpatient();
    }

    private void dropImpatient() {
        settlement.unreachable(
                outbox.remove(post -> !post.patient), "Redis at " + reachability.address() + " is not reachable");
    }

    /**
     * With the turn to read: takes a batch's answers and sends the next batch.
     *
     * @param mayWait whether the calling thread may wait while it writes
     * @return whether a thread waited for this one post, and nothing else is under way
     */
    private boolean readAnswers(Link from, boolean mayWait) {
        Object reply = from.read();
        Batch current = writer.batch();
        if (current == null) {
            throw new JedisConnectionException("Redis said something that nobody asked for: " + reply);
        }
        current.answer(reply, log);
        while (!current.isAnswered()) {
            current.answer(from.read(), log);
        }
        if (current.said) {
            echo.said(System.nanoTime());
        }
        try {
            writer.writeNext(mayWait);
        } finally {
            settlement.answered(current.answeredPosts());
        }
        return current.posts.size() == 1 && current.posts.get(0).handover.wasAwaited() && writer.batch() == null;
    }

    /** On a thread that waits for a post, if the turn is lent: reads until it is enough or another has to go on. */
    private void readUntil(BooleanSupplier enough) {
        if (!turn.take()) {
            return;
        }
        Link current = link();
        try {
            while (current != null && hasToRead(enough) && current.awaitReply(READ_MILLIS)) {
                readAnswers(current, false);
            }
        } catch (Throwable e) { // the link's own thread finds it closed, and cleans up
            requireNonNull(current).giveUp("reading failed: " + e.getMessage());
        } finally {
            if (writer.batch() == null && enough.getAsBoolean()) {
                turn.done();
            } else {
                turn.giveBack();
            }
        }
    }

    private boolean hasToRead(BooleanSupplier enough) {
        return writer.batch() != null && !enough.getAsBoolean();
    }
}
