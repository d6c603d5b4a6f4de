package io.github.cdimessages.internal.redis;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.internal.redis.settings.PubSub;
import io.github.cdimessages.internal.redis.settings.Timing;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Writes batches, one at a time: the next when all answers to the last have been read.
 *
 * <p>Who holds the token may write: IDLE is free for all, WRITING belongs to the thread that set it, AWAITING to the
 * thread that reads the answers. A writer sets AWAITING only after it has left Jedis' flush(): Jedis resets its buffer
 * after the socket write, so a batch started between the answers and that moment would send the buffer a second time.
 * Whatever is thrown, the token goes on.
 */
final class BatchWriter {
    /** How many bytes a thread writes that must not wait, and one that may. */
    static final int CALLER_LIMIT = 32 << 10;

    private static final int READER_LIMIT = 256 << 10;
    private static final long SHORTLY = 10_000;
    private static final int IDLE = 0;
    private static final int WRITING = 1;
    private static final int AWAITING = 2;

    private final PubSub commands;
    private final Outbox outbox;
    private final BatchLog log;
    private final Timing timing;
    private final AtomicInteger token = new AtomicInteger(IDLE);

    // Mutable state: link belongs to the loop's thread, the rest to the holder of the token; others only read
    private volatile @Nullable Link link;
    private volatile @Nullable Batch batch;
    private volatile long lastBatchAt = System.nanoTime();

    BatchWriter(PubSub commands, Outbox outbox, BatchLog log, Timing timing) {
        this.commands = commands;
        this.outbox = outbox;
        this.log = log;
        this.timing = timing;
    }

    /** What is written to; null while there is no connection. */
    @Nullable
    Link link() {
        return link;
    }

    /** What is under way and not answered whole. */
    @Nullable
    Batch batch() {
        return batch;
    }

    void begin(Link newLink) {
        link = newLink;
    }

    /** After the connection was closed: waits for who still writes to it, and gives what was not answered whole. */
    @Nullable
    Batch end() {
        link = null;
        while (token.get() != AWAITING && !token.compareAndSet(IDLE, WRITING)) {
            LockSupport.parkNanos(SHORTLY); // a writer is about to leave: its socket is closed
        }
        Batch broken = batch;
        batch = null;
        token.set(IDLE);
        return broken;
    }

    /**
     * Sends what waits.
     *
     * @return false if something waits, and can't be sent before the answers to what is under way
     */
    boolean write() {
        if (link == null || !outbox.hasWork()) {
            return true;
        }
        if (!token.compareAndSet(IDLE, WRITING)) {
            return false;
        }
        pump(false);
        return true;
    }

    /**
     * By who has read all answers: sends what has come meanwhile.
     *
     * @param mayWait whether the calling thread may wait while it writes
     */
    void writeNext(boolean mayWait) {
        for (int i = 0; token.get() != AWAITING; i++) {
            if (i < 200) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(SHORTLY);
            }
        }
        batch = null;
        token.set(WRITING);
        pump(mayWait);
    }

    /** Sends a PING if nothing is under way, and it is time. */
    void probe(long now) {
        if (link == null || !token.compareAndSet(IDLE, WRITING)) {
            return;
        }
        Link current = link; // read with the token, which keeps the link from being cleaned up before it is written to
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
            write();
        } else {
            write(requireNonNull(current), next);
        }
    }

    /** With the token: sends a batch, or gives the token back and looks again: a post that came before relied on us. */
    private void pump(boolean mayWait) {
        do {
            Link current = link;
            Batch next = null;
            try {
                next = current == null ? null : outbox.take(mayWait ? READER_LIMIT : CALLER_LIMIT, mayWait);
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
