package io.github.cdimessages.internal.revocation;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Revocations on their way: each is written to the ledger first, then posted. So whoever misses the message finds the
 * entry, also when this server dies in between. Until it is written it is tried again, for a bounded time. What Redis
 * does not have when this server is back there, as it was lost or could not be written in time, is written then.
 */
final class Outgoing {
    private static final System.Logger LOG = System.getLogger(Outgoing.class.getName());
    private static final int MOST = 1_000;
    private static final int MOST_OWN = 10_000;
    private static final String LATER =
            "; this server tells the others when Redis is back; call it again if it may have ended until then";

    private final Ledger ledger;
    private final Transport transport;
    private final NetworkClock clock;
    private final Notices notices;
    private final Ticker threads;
    private final Duration keep;

    // Mutable state, guarded by this object's monitor
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;
    private final Map<String, Own> own = new LinkedHashMap<>(); // the oldest first
    private boolean again;

    Outgoing(Ledger ledger, Transport transport, NetworkClock clock, Notices notices, Ticker threads, Duration keep) {
        this.ledger = ledger;
        this.transport = transport;
        this.clock = clock;
        this.notices = notices;
        this.threads = threads;
        this.keep = keep;
    }

    private record Waiting(
            Entry entry, long sequence, String messageId, long since, CompletableFuture<PostResult> stage) {}

    /** What was called for here. */
    private record Own(Entry entry, long since) {}

    CompletionStage<PostResult> submit(Entry entry, long sequence, String messageId) {
        Waiting one = new Waiting(entry, sequence, messageId, System.nanoTime(), new CompletableFuture<>());
        synchronized (this) {
            if (own.size() >= MOST_OWN) {
                own.remove(own.keySet().iterator().next());
            }
            own.put(entry.id(), new Own(entry, one.since()));
            if (waiting.size() >= MOST) {
                return failedFuture(
                        failure(one, "more than " + MOST + " revocations are waiting for Redis" + LATER, null));
            }
            waiting.add(one);
        }
        tick();
        return one.stage();
    }

    /** Writes what waits, unless somebody does. */
    void tick() {
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
        }
        threads.execute(this::writeAll);
    }

    /** Nothing is written any more. */
    void stop() {
        List<Waiting> left;
        synchronized (this) {
            left = new ArrayList<>(waiting);
            waiting.clear();
            own.clear();
        }
        left.forEach(one ->
                one.stage().completeExceptionally(failure(one, "the application ends; call it again elsewhere", null)));
    }

    /**
     * Writes what was called for here and is not there, unless somebody does. What is being written may be written
     * twice, which changes nothing.
     *
     * @param there the ids of what Redis has
     */
    void writeAgain(Set<String> there) {
        List<Entry> missing = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            own.values().removeIf(one -> now - one.since() > keep.toNanos());
            if (again) {
                return;
            }
            Set<String> first = new HashSet<>();
            waiting.forEach(one -> first.add(one.entry().id()));
            own.values().stream()
                    .map(Own::entry)
                    .filter(entry -> !there.contains(entry.id()) && !first.contains(entry.id()))
                    .forEach(missing::add);
            again = !missing.isEmpty();
        }
        if (!missing.isEmpty()) {
            threads.execute(() -> writeAgain(missing));
        }
    }

    private void writeAgain(List<Entry> missing) {
        try {
            for (Entry entry : missing) {
                transport.publish(append(() -> notices.writeAgain(entry)), true);
            }
        } catch (MessagesException e) {
            LOG.log(Level.DEBUG, "what Redis has lost is written when it is back", e);
        } finally { // also after an Error, or nothing would be written again any more
            synchronized (this) {
                again = false;
            }
        }
    }

    private void writeAll() {
        MessagesException problem = null;
        try {
            for (Waiting one = peek(); one != null && problem == null; one = peek()) {
                problem = write(one);
            }
        } finally { // also after an Error, or nothing would be written any more
            synchronized (this) {
                writing = false;
            }
        }
        if (problem != null) {
            failLate(problem);
        }
    }

    private synchronized @Nullable Waiting peek() {
        return waiting.peek();
    }

    private @Nullable MessagesException write(Waiting one) {
        Envelope written;
        try {
            written = append(() -> notices.write(one.entry(), one.sequence()));
        } catch (UnwritableException e) {
            remove(one);
            forget(one);
            fail(one, e, ""); // the next can be written all the same
            return null;
        } catch (MessagesException e) {
            return e;
        } catch (RuntimeException e) {
            return new MessagesException("the revocation could not be written: " + e.getMessage(), e);
        }
        remove(one);
        // whether or not the message arrives: the others read the ledger from time to time, and on their return
        PostResult result = new PostResult(one.messageId(), Reach.GLOBAL);
        transport
                .publish(written, true)
                .whenComplete(
                        (done, ignored) -> threads.execute(() -> one.stage().complete(result)));
        return null;
    }

    private synchronized void remove(Waiting one) {
        waiting.remove(one);
    }

    /** Appends to the ledger what is made when that has told the time, and gives it. */
    private Envelope append(Supplier<Envelope> notice) {
        Envelope[] written = new Envelope[1];
        ledger.append(
                clock,
                () -> {
                    written[0] = notice.get();
                    return written[0];
                },
                keep);
        return written[0];
    }

    private synchronized void forget(Waiting one) {
        own.remove(one.entry().id());
    }

    private void failLate(MessagesException problem) {
        List<Waiting> late = new ArrayList<>();
        long now = System.nanoTime();
        synchronized (this) {
            for (Waiting one : waiting) {
                if (now - one.since() > ledger.patience().toNanos()) {
                    late.add(one);
                }
            }
            waiting.removeAll(late);
        }
        late.forEach(one -> fail(one, problem, LATER));
    }

    /** Not on this thread, which talks to Redis. */
    private void fail(Waiting one, MessagesException problem, String cure) {
        threads.execute(() -> one.stage().completeExceptionally(failure(one, problem.getMessage() + cure, problem)));
    }

    private static MessagesException failure(Waiting one, String why, @Nullable Throwable cause) {
        String text = "the revocation for user '" + one.entry().user() + "' has acted on this server alone, perhaps on"
                + " others too: " + why;
        return cause == null ? new MessagesException(text) : new MessagesException(text, cause);
    }
}
