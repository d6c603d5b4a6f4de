package io.github.cdimessages.internal.redis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Sends posts by group commit: a poster that finds the connection idle writes its post, posts that come meanwhile
 * gather, and the thread that has read the answers writes them as the next batch.
 *
 * <p>One batch is under way at a time. Who holds the token may write: IDLE is free for all, WRITING belongs to the
 * thread that set it, AWAITING to the thread that reads the answers. A writer sets AWAITING only after it has left
 * Jedis' flush(): Jedis resets its buffer after the socket write, so a batch started between the answers and that
 * moment would send the buffer a second time. Whatever is thrown, the token goes on.
 *
 * <p>A poster never waits: it writes at most {@link #CALLER_LIMIT} bytes, the same again for the log, and only when all
 * that was sent before has been answered, so that the socket's send buffer is empty and takes them. Where the first
 * post is larger than that, the poster only sends a PING, whose answer makes the reading thread write it.
 */
final class Publisher implements LinkLoop.Duty {
    static final int CALLER_LIMIT = 32 << 10;
    private static final int READER_LIMIT = 256 << 10;
    private static final long SHORTLY = 10_000;
    private static final int IDLE = 0;
    private static final int WRITING = 1;
    private static final int AWAITING = 2;
    private static final String IN_DOUBT = "the message was sent and not answered, so whether Redis published it is in"
            + " doubt; it is not sent again. Post it anew if a duplicate does no harm";

    private final PubSub commands;
    private final Outbox outbox;
    private final Settlement settlement;
    private final BatchLog log;
    private final Reachability reachability;
    private final Timing timing;
    private final Echo echo;
    private final AtomicInteger token = new AtomicInteger(IDLE);

    // Mutable state: link belongs to the loop's thread, batch to the holder of the token; others only read
    private volatile @Nullable Link link;
    private volatile @Nullable Batch batch;
    private volatile long lastBatchAt = System.nanoTime();

    Publisher(
            PubSub commands,
            Outbox outbox,
            Settlement settlement,
            BatchLog log,
            Reachability reachability,
            Timing timing,
            Echo echo) {
        this.commands = commands;
        this.outbox = outbox;
        this.settlement = settlement;
        this.log = log;
        this.reachability = reachability;
        this.timing = timing;
        this.echo = echo;
    }

    @Nullable
    Link link() {
        return link;
    }

    void submit(Post post) {
        boolean first = outbox.add(post);
        if (link == null) {
            if (!post.patient) {
                dropImpatient(); // the link broke between the caller's look at it and now
            }
        } else if (first) {
            kick();
        }
    }

    /** Sends what waits if nobody is about to. */
    void kick() {
        if (link != null && outbox.hasWork() && token.compareAndSet(IDLE, WRITING)) {
            pump(CALLER_LIMIT, false);
        }
    }

    /** The keeper's look: ends what took too long, keeps a quiet connection alive. */
    void tick(long now) {
        settlement.failed(
                outbox.remove(post -> post.isOverdue(now)),
                "Redis at " + reachability.address() + " did not take the message in time (property '"
                        + RedisSettings.POST_TIMEOUT + "'); it was not sent and will not be");
        Link current = link;
        Batch sent = batch;
        if (current != null && sent != null) {
            settlement.overdue(sent.posts, now, IN_DOUBT);
            String late = sent.late(now, timing);
            if (late != null) {
                current.giveUp(late);
            }
        }
        kick();
        if (current != null && token.compareAndSet(IDLE, WRITING)) {
            probe(now);
        }
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
        link = newLink;
        reachability.up(side());
        kick();
        while (true) {
            readAnswers(newLink);
        }
    }

    @Override
    public void lost() {
        link = null;
        while (token.get() != AWAITING && !token.compareAndSet(IDLE, WRITING)) {
            LockSupport.parkNanos(SHORTLY); // a writer is about to leave: its socket is closed
        }
        Batch broken = batch;
        batch = null;
        token.set(IDLE);
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

    private void readAnswers(Link from) {
        Object reply = from.read();
        Batch current = batch;
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
        awaitWriter();
        batch = null;
        token.set(WRITING);
        try {
            pump(READER_LIMIT, true);
        } finally {
            settlement.answered(current.answeredPosts());
        }
    }

    private void awaitWriter() {
        for (int i = 0; token.get() != AWAITING; i++) {
            if (i < 200) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(SHORTLY);
            }
        }
    }

    /** With the token: sends a batch, or gives the token back and looks again: a post that came before relied on us. */
    private void pump(int limit, boolean firstAtLeast) {
        do {
            Link current = link;
            Batch next = null;
            try {
                next = current == null ? null : outbox.take(limit, firstAtLeast);
            } finally {
                if (next == null) {
                    token.set(IDLE);
                }
            }
            if (next != null) {
                write(requireNonNull(current), next);
                return;
            }
        } while (link != null && outbox.hasWork() && token.compareAndSet(IDLE, WRITING));
    }

    /** With the token, which keeps the link that is read here from being cleaned up before it was written to. */
    private void probe(long now) {
        Link current = link;
        Batch next = null;
        try {
            next = current != null && (now - lastBatchAt > timing.ping().toNanos() || log.hasNews(now))
                    ? Batch.probe()
                    : null;
        } finally {
            if (next == null) {
                token.set(IDLE);
            }
        }
        if (next == null) {
            kick();
        } else {
            write(requireNonNull(current), next);
        }
    }

    private void write(Link to, Batch next) {
        lastBatchAt = next.startedAt;
        try {
            next.before = log.number(next.posts);
            next.after = log.answersToSay(next.isProbe(), next.startedAt);
            batch = next;
            if (next.before > 0) {
                log.append(to, next.posts, next.startedAt);
            }
            if (next.isProbe()) {
                to.send(Command.PING, List.of());
            }
            for (Post post : next.posts) {
                to.publish(commands, post.channel, post.envelope);
            }
            if (next.after > 0) {
                log.say(to, next.startedAt);
            }
            to.flushOut();
        } catch (Throwable e) {
            batch = next; // its posts are settled with the link
            to.giveUp("writing failed: " + e.getMessage()); // the reading thread notices, and cleans up
        } finally {
            next.written();
            token.set(AWAITING);
        }
    }
}
