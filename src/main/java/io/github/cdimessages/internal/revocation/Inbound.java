package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.spi.Envelope;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes revocations off the thread that reads from the network; what is too much is found in the ledger. */
final class Inbound {
    private static final System.Logger LOG = System.getLogger(Inbound.class.getName());
    private static final int MOST = 10_000;

    private final Executor threads;
    private final Consumer<Envelope> taker;
    private final Runnable overflow;

    // Mutable state, guarded by this object's monitor
    private final Queue<Envelope> waiting = new ArrayDeque<>();
    private boolean taking;

    Inbound(Executor threads, Consumer<Envelope> taker, Runnable overflow) {
        this.threads = threads;
        this.taker = taker;
        this.overflow = overflow;
    }

    void add(Envelope envelope) {
        synchronized (this) {
            if (waiting.size() < MOST) {
                waiting.add(envelope);
                if (taking) {
                    return;
                }
                taking = true;
            } else {
                envelope = null;
            }
        }
        if (envelope == null) {
            overflow.run();
        } else {
            threads.execute(this::takeAll);
        }
    }

    private void takeAll() {
        for (Envelope next = next(); next != null; next = next()) {
            try {
                taker.accept(next);
            } catch (Throwable e) { // also an Error: the next one counts all the same
                LOG.log(Level.WARNING, "a revocation could not be taken; the ledger is read for it", e);
                overflow.run();
            }
        }
    }

    private synchronized @Nullable Envelope next() {
        Envelope next = waiting.poll();
        taking = next != null;
        return next;
    }
}
