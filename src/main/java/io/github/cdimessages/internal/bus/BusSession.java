package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.MessageStream;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What listens together and ends together: a request, a WebSocket session or the application. Its one inbox is emptied
 * by one worker at a time, so its listeners never run concurrently.
 */
public final class BusSession {
    private final MessageBus bus;
    private final String name;
    private final Turn turn;
    private final SessionOwner owner;
    private final Inbox inbox;

    // Mutable state, guarded by this session's monitor; who holds it may take a channel's, never the other way round
    private @Nullable IdentityHashMap<ChannelListener<?>, List<Registration>> registrations;
    private @Nullable Set<ChannelStream<?>> streams;
    private boolean ended;

    BusSession(MessageBus bus, String name, Turn turn, SessionOwner owner) {
        this.bus = bus;
        this.name = name;
        this.turn = turn;
        this.owner = owner;
        this.inbox = new Inbox(this, bus, turn);
    }

    /** What the session stands for, as whoever opened it said. */
    public SessionOwner owner() {
        return owner;
    }

    /** Runs a callback as this session's own: its contexts are active, and none of its listeners runs meanwhile. */
    public @Nullable Object call(Work callback) throws Exception {
        BusSession outer = bus.current();
        boolean taken = turn.await((outer != null && outer != this) || isEnded());
        try {
            return bus.as(this, callback);
        } finally {
            if (taken) {
                turn.giveBack();
            }
            inbox.resume();
        }
    }

    /** Adds a listener, or finds it where the same one was added for the same channel and type. */
    public Subscription add(String channel, Class<?> type, ChannelListener<Object> listener) {
        return add(bus.listeners(), channel, type, listener);
    }

    synchronized Subscription add(Channels channels, String channel, Class<?> type, ChannelListener<Object> listener) {
        checkOpen(channel);
        if (registrations == null) {
            registrations = new IdentityHashMap<>(2);
        }
        List<Registration> same = registrations.computeIfAbsent(listener, key -> new ArrayList<>(1));
        for (Registration registration : same) {
            if (registration.isFor(channel, type)) {
                return registration;
            }
        }
        Registration registration = new Registration(this, channel, type, listener);
        channels.add(registration);
        same.add(registration);
        return registration;
    }

    /** Opens a stream as the configuration says. */
    public <T> MessageStream<T> stream(String channel, Class<T> type) {
        return stream(channel, type, bus.parts().streamLimit(), bus.parts().streamOverflow());
    }

    /** Opens a stream in which at most so many messages wait. */
    public synchronized <T> MessageStream<T> stream(
            String channel, Class<T> type, int capacity, OverflowPolicy policy) {
        checkOpen(channel);
        if (streams == null) {
            streams = new HashSet<>(2);
        }
        ChannelStream<T> stream = new ChannelStream<>(bus, this, channel, type, capacity, policy);
        bus.listeners().add(stream);
        streams.add(stream);
        return stream;
    }

    void close(ChannelStream<?> stream) {
        Runnable tell;
        synchronized (this) {
            if (streams == null || !streams.remove(stream)) {
                return;
            }
            if (streams.isEmpty()) {
                streams = null;
            }
            tell = stream.end();
        }
        tell.run();
    }

    /** Removes a listener from a channel, for whatever types it was added. */
    public boolean remove(String channel, ChannelListener<?> listener) {
        List<Registration> leaving;
        synchronized (this) {
            leaving = new ArrayList<>(of(listener));
        }
        leaving.removeIf(registration -> !registration.channel().equals(channel));
        return leaving.stream().filter(this::remove).count() > 0;
    }

    boolean remove(Registration registration) {
        Runnable tell;
        synchronized (this) {
            if (registrations == null || !of(registration.listener()).contains(registration)) {
                return false;
            }
            List<Registration> same = of(registration.listener());
            same.remove(registration);
            if (same.isEmpty()) {
                registrations.remove(registration.listener());
            }
            tell = registration.end();
        }
        tell.run();
        return true;
    }

    /**
     * Ends as {@link #end} does, and gives a hint where a listener was never called: the usual trap of a short session.
     */
    public void endHinting() {
        List<Registration> idle = new ArrayList<>();
        synchronized (this) {
            if (registrations != null) {
                registrations.values().forEach(idle::addAll);
            }
        }
        end();
        idle.removeIf(Registration::wasCalled);
        idle.forEach(bus.failures()::neverCalled);
    }

    /** Ends all that listens here, at once and for good; a call that is under way goes on. Idempotent. */
    public void end() {
        end(null);
    }

    /** Ends all that listens here as {@link #end()} does; its streams fail for a reason, and give nothing more. */
    public void end(@Nullable MessagesException cause) {
        List<Runnable> tell = new ArrayList<>();
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (registrations != null) {
                registrations.values().forEach(same -> same.forEach(one -> tell.add(one.end())));
            }
            registrations = null;
            if (streams != null) {
                streams.forEach(one -> tell.add(one.end(cause)));
            }
            streams = null;
        }
        inbox.close();
        tell.forEach(Runnable::run);
    }

    /** Whether {@link #end} was called. */
    public synchronized boolean isEnded() {
        return ended;
    }

    /**
     * Ends the session because it does not keep up. First what listens: a callback of an ended session does not wait
     * for a stuck listener for ever. Not on a worker, as closing may wait for a client that takes nothing.
     */
    void closeOverloaded() {
        bus.parts().helpers().execute(() -> {
            end();
            owner.closeOverloaded();
        });
    }

    /** Ends the session because a stream does not keep up; the application is no session to be closed for that. */
    void closeOverloaded(ChannelStream<?> stream) {
        if (this == bus.application()) {
            bus.workers().execute(stream::close);
        } else {
            closeOverloaded();
        }
    }

    /** What waits for its turn in this session. */
    Inbox inbox() {
        return inbox;
    }

    /** Interrupts who works in its turn, if that by its stack waits in vain; tells whether somebody has the turn. */
    public boolean interrupt(Predicate<StackTraceElement[]> inVain) {
        return turn.interrupt(inVain);
    }

    /** Calls one listener with one message; the caller is the worker that has the turn. */
    void deliver(Registration registration, ChannelEvent event) {
        if (!owner.isOpen()) {
            return; // whoever ends the session is on the way
        }
        try {
            bus.as(this, () -> {
                registration.deliver(event);
                return null;
            });
        } catch (WrongTypeException e) {
            bus.failures().wrongType(registration.listener(), event, e);
        } catch (Throwable e) {
            bus.failures().failed(registration.listener(), event, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private void checkOpen(String channel) {
        if (ended) {
            throw new IllegalStateException("channel '" + channel + "': " + name
                    + " has ended, so nothing can listen in it; inject @ApplicationWide Messages to outlive it");
        }
    }

    private List<Registration> of(ChannelListener<?> listener) {
        List<Registration> same = registrations == null ? null : registrations.get(listener);
        return same == null ? List.of() : same;
    }
}
