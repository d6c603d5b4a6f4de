package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived for a session and was not delivered yet: bounded, idle next to nothing, and emptied by one worker at
 * a time.
 */
final class Inbox {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());
    /** Deliveries in a row before the other sessions get their turn. */
    private static final int BATCH = 64;

    private final BusSession session;
    private final MessageBus bus;
    private final Turn turn;

    // Mutable state, guarded by this inbox's monitor, under which nothing else is locked
    private @Nullable Ring pending;
    /** What the streams of the session file, each at most once: it is not bounded here, and the end keeps it. */
    private @Nullable Queue<Runnable> emissions;

    private boolean emissionFirst;
    private boolean scheduled;
    private boolean closed;

    Inbox(BusSession session, MessageBus bus, Turn turn) {
        this.session = session;
        this.bus = bus;
        this.turn = turn;
    }

    /** Files a message behind all others and sees to it that a worker comes; never waits for application code. */
    void offer(Registration registration, ChannelEvent event) {
        boolean call;
        boolean overloaded;
        List<ChannelEvent> dropped;
        synchronized (this) {
            boolean open = !closed;
            dropped = open ? file(registration, event) : refuse(registration, event);
            overloaded = open && closed;
            call = !scheduled && !closed;
            scheduled |= call;
        }
        if (overloaded) {
            session.closeOverloaded();
        }
        if (call) {
            bus.workers().execute(this::drain);
        }
        for (ChannelEvent lost : dropped) {
            bus.failures().overflowed(session, lost.channel(), 1);
        }
    }

    /** Files what is to run in the session's turn between the deliveries, also after {@link #close}. */
    void file(Runnable emission) {
        synchronized (this) {
            if (emissions == null) {
                emissions = new ArrayDeque<>(1);
            }
            emissions.add(emission);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        bus.workers().execute(this::drain);
    }

    synchronized void close() {
        closed = true;
        pending = null;
    }

    /** Sees to it that a worker comes if something is pending; to be called when a callback has given the turn back. */
    void resume() {
        synchronized (this) {
            if (scheduled || (pending == null && emissions == null)) {
                return;
            }
            scheduled = true;
        }
        bus.workers().execute(this::drain);
    }

    /** Files a message, or does what was configured if there is no room; gives what is dropped. */
    private List<ChannelEvent> file(Registration registration, ChannelEvent event) {
        Ring ring = pending == null ? new Ring() : pending;
        pending = ring;
        if (ring.size() < bus.parts().inboxLimit()) {
            ring.add(registration, event);
            return List.of();
        }
        return switch (bus.overflowPolicy(session)) {
            case DROP_OLDEST -> {
                List<ChannelEvent> oldest = ring.drop(1);
                ring.add(registration, event);
                yield oldest;
            }
            case DROP_NEWEST -> List.of(event);
            case CLOSE_SESSION -> {
                closed = true;
                pending = null;
                ring.add(registration, event);
                yield ring.drop(ring.size());
            }
        };
    }

    /**
     * What comes after an overload and before the session has ended for it is lost too; after the end, nobody waits.
     */
    private static List<ChannelEvent> refuse(Registration registration, ChannelEvent event) {
        return registration.isActive() ? List.of(event) : List.of();
    }

    /** A worker's visit: some deliveries, then back to the end of the queue of sessions. */
    private void drain() {
        @Nullable Object[] next = new @Nullable Object[2];
        for (int i = 0; i < BATCH; i++) {
            if (!turn.tryTake()) {
                stepAside();
                return;
            }
            boolean taken;
            try {
                taken = take(next);
                if (taken) {
                    serve(next);
                }
            } finally {
                turn.giveBack();
            }
            if (!taken) {
                resume(); // another worker may have come since, and have left the turn to this one
                return;
            }
        }
        bus.workers().execute(this::drain);
    }

    /** Whatever goes wrong here, the visit goes on: a session whose worker is lost would be deaf for ever. */
    private void serve(@Nullable Object[] next) {
        try {
            if (next[0] instanceof Registration registration) {
                session.deliver(registration, (ChannelEvent) next[1]);
            } else if (next[0] instanceof Runnable emission) {
                emission.run();
            }
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a delivery of the library failed in " + session + "; please report it", e);
        }
    }

    /** Takes the oldest delivery; without one the visit is over, and the next message calls a worker again. */
    private synchronized boolean take(@Nullable Object[] slot) {
        emissionFirst = !emissionFirst; // in turn, so that neither starves the other
        if ((emissionFirst && takeEmission(slot)) || (pending != null && pending.take(slot)) || takeEmission(slot)) {
            return true;
        }
        pending = null;
        emissions = null;
        scheduled = false;
        return false;
    }

    private boolean takeEmission(@Nullable Object[] slot) {
        slot[0] = emissions == null ? null : emissions.poll();
        return slot[0] != null;
    }

    /**
     * Leaves the turn to a callback, which resumes the inbox when it is done. It may have been done before it could see
     * that nobody is scheduled any more: so this looks once more.
     */
    private void stepAside() {
        synchronized (this) {
            scheduled = false;
        }
        if (!turn.isTaken()) {
            resume();
        }
    }
}
