package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.Announcements;
import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.Throttle;
import io.github.cdimessages.internal.bus.Ticker;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fires the announcements as CDI events, one after the other from a bounded queue, and not on the workers: when those
 * are stuck, that is when the application must hear of it.
 */
class Announcer implements Announcements {
    private static final Logger LOG = System.getLogger("io.github.cdimessages");
    /** Of each kind: more than a gap on each of 10,000 channels. */
    private static final int MOST = 20_000;
    /** How long the application's end waits for an observer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Ticker threads;
    private final RequestContexts contexts;
    private final Event<Object> events;
    private final Throttle throttle = new Throttle();

    // Mutable state, guarded by this object's monitor
    private final AnnouncementQueue waiting = new AnnouncementQueue(MOST);
    private boolean firing;
    private @Nullable Thread firer;
    private boolean ended;

    @Inject
    Announcer(Ticker threads, RequestContexts contexts, Event<Object> events) {
        this.threads = threads;
        this.contexts = contexts;
        this.events = events;
    }

    @Override
    public void announce(Object event) {
        synchronized (this) {
            if (ended) {
                return;
            }
            waiting.add(event);
            if (firing) {
                return;
            }
            firing = true;
        }
        threads.execute(this::fireAll);
    }

    /** Fires nothing any more, and waits a little for what is being fired: the observers' contexts are about to end. */
    synchronized void end(@Observes @Priority(ApplicationEnding.ANNOUNCEMENTS) ApplicationEnding event) {
        ended = true;
        waiting.clear();
        long begun = System.nanoTime();
        try {
            // an observer that ends the application itself can't be waited for
            while (firer != null && firer != Thread.currentThread()) {
                long left = PATIENCE.minusNanos(System.nanoTime() - begun).toMillis();
                if (left <= 0) {
                    LOG.log(Level.DEBUG, "an observer of an announcement is busy still, while the application ends");
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever ends us is in a hurry
        }
    }

    private void fireAll() {
        for (Object event = next(); event != null; event = next()) {
            fire(event);
        }
    }

    private synchronized @Nullable Object next() {
        Object event = waiting.poll();
        firing = event != null;
        firer = firing ? Thread.currentThread() : null;
        notifyAll(); // end() may be waiting
        long dropped = event == null ? waiting.takeDropped() : 0;
        if (dropped > 0) {
            LOG.log(
                    Level.WARNING,
                    "observers of announcements do not keep up: " + dropped + " were dropped; all of"
                            + " them were counted");
        }
        return event;
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void fire(Object event) {
        try {
            contexts.run(() -> {
                events.fire(event);
                return null;
            });
        } catch (Throwable e) { // also an Error: whoever announces next relies on this to go on
            String what = "an observer of " + event.getClass().getSimpleName() + " failed";
            long heldBack = throttle.pass(what);
            if (hasEnded()) {
                LOG.log(Level.DEBUG, what + " while the application ended", e);
            } else if (heldBack >= 0) {
                LOG.log(Level.WARNING, heldBack == 0 ? what : what + " (and " + heldBack + " times before)", e);
            }
        }
    }
}
