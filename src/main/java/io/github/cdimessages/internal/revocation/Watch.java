package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no revocation is missed: reads the ledger when the network is there for the first time, when it is
 * back, when a session opens, and from time to time; and knows how long it has not been able to.
 */
final class Watch {
    private static final System.Logger LOG = System.getLogger(Watch.class.getName());
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(15);
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    /** In microseconds: what was written when its id is given is seen a little later. */
    private static final long SLACK = TimeUnit.MINUTES.toMicros(10);

    private final @Nullable Ledger ledger;
    private final Transport transport;
    private final NetworkClock clock;
    private final Ticker threads;
    private final Duration maxOutage;
    private final Found found;

    // Mutable state, guarded by this object's monitor
    private boolean unsure = true;
    private long unsureSince = System.nanoTime();
    private int era;
    private boolean reading;
    private boolean wanted;
    private boolean warned;
    private long readAt = System.nanoTime() - PAUSE;
    private @Nullable Runnable announcement;
    private boolean stopped;

    // Mutable state: owned by the thread that reads
    private long position;

    Watch(
            @Nullable Ledger ledger,
            Transport transport,
            NetworkClock clock,
            Ticker threads,
            Duration maxOutage,
            Found found) {
        this.ledger = ledger;
        this.transport = transport;
        this.clock = clock;
        this.threads = threads;
        this.maxOutage = maxOutage;
        this.found = found;
    }

    /** Takes what was read. */
    @FunctionalInterface
    interface Found {
        /**
         * Takes it.
         *
         * @param all whether that is all there is, and not what is new alone
         */
        void take(List<Envelope> entries, boolean all);
    }

    /** The network is away. */
    void lost() {
        Runnable late;
        synchronized (this) {
            era++;
            becomeUnsure();
            late = announcement;
            announcement = null;
        }
        if (late != null) {
            late.run();
        }
    }

    /** The network is back; announces that once the ledger has been read. */
    void restored(Runnable announce) {
        synchronized (this) {
            announcement = announce;
        }
        readSoon();
    }

    /** Reads the ledger, unless somebody is about to. */
    void readSoon() {
        synchronized (this) {
            wanted = true;
            if (reading) {
                return;
            }
            reading = true;
        }
        threads.execute(this::readAll);
    }

    /** Reads no more. */
    synchronized void stop() {
        stopped = true;
    }

    /** Looks whether it is time to read. */
    void tick() {
        readIfOlder(PAUSE);
    }

    /** Sees to it that what a session is compared with is no older than a second: a link may be deaf and not know. */
    void sessionOpens() {
        readIfOlder(RETRY);
    }

    private void readIfOlder(long age) {
        synchronized (this) {
            if (System.nanoTime() - readAt < (unsure ? RETRY : age)) {
                return;
            }
        }
        if (transport.isReachable()) {
            readSoon();
        }
    }

    /** Whether it has been unknown for too long what was revoked. */
    synchronized boolean isCutOff() {
        return unsure && !maxOutage.isZero() && System.nanoTime() - unsureSince > maxOutage.toNanos();
    }

    /** Whatever goes wrong, it is done again: who never reads any more would never know that. */
    private void readAll() {
        while (mayRead()) {
            try {
                readOnce();
            } catch (Throwable e) { // also an Error
                LOG.log(Level.WARNING, "the ledger of revocations could not be read; it is tried again", e);
                settle(false);
            }
        }
    }

    private void readOnce() {
        int before;
        boolean all;
        Runnable asked;
        synchronized (this) {
            before = era;
            all = unsure; // a Redis that took over may have other entries, at times by another clock
            asked = announcement;
        }
        boolean sure = read(all);
        boolean reachable = transport.isReachable();
        Runnable announce = null;
        synchronized (this) {
            settle(sure);
            if (sure && era == before && reachable) {
                unsure = false;
            } else if (sure) {
                readAt -= RETRY; // the ledger was there before the link: once that is, no time is lost
            }
            if (asked != null && asked == announcement) { // what came back meanwhile has the next reading
                announce = asked;
                announcement = null;
            }
        }
        if (announce != null) {
            announce.run();
        }
    }

    private synchronized void settle(boolean sure) {
        readAt = System.nanoTime();
        if (!sure) {
            becomeUnsure();
        }
    }

    private synchronized boolean mayRead() {
        reading = wanted && !stopped;
        wanted = false;
        return reading;
    }

    private boolean read(boolean all) {
        if (ledger == null) {
            return true;
        }
        try {
            Ledger.Page page = ledger.read(clock, all ? 0 : Math.max(0, position - SLACK));
            found.take(page.entries(), all);
            position = page.at();
            warned(false);
            return true;
        } catch (RuntimeException e) {
            if (warned(true)) {
                LOG.log(
                        Level.WARNING,
                        "this server can't see what others revoke (" + e.getMessage() + "); it tries on, and closes"
                                + " sessions that have a user after the time of property '"
                                + RevocationSettings.MAX_OUTAGE + "'",
                        e instanceof MessagesException ? null : e);
            }
            return false;
        }
    }

    /** Whether this is news. */
    private synchronized boolean warned(boolean now) {
        boolean news = warned != now && !stopped;
        warned = now;
        return news;
    }

    private void becomeUnsure() {
        if (!unsure) {
            unsure = true;
            unsureSince = System.nanoTime();
        }
    }
}
