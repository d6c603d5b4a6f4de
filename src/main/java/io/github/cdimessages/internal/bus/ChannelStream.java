package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.MessageStream;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream of one session on one channel: posters fill its buffer, and its one consumer empties it. */
final class ChannelStream<T> extends Member implements MessageStream<T>, Described {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final MessageBus bus;
    private final Class<T> type;

    // Mutable state, guarded by this stream's monitor, under which nothing else is locked
    private final StreamBuffer buffer;

    private @Nullable Emission<T> emission;
    private @Nullable MessagesException failure;

    ChannelStream(
            MessageBus bus, BusSession session, String channel, Class<T> type, int capacity, OverflowPolicy policy) {
        super(session, channel);
        this.bus = bus;
        this.type = type;
        this.buffer = new StreamBuffer(capacity, policy);
    }

    @Override
    void offer(ChannelEvent event) {
        long dropped;
        boolean overloaded;
        Emission<T> due;
        synchronized (this) {
            boolean open = !buffer.isClosed();
            dropped = buffer.offer(event);
            overloaded = open && buffer.isClosed();
            due = due();
            notify(); // one message, one waiting next()
        }
        file(due);
        if (overloaded) {
            session.closeOverloaded(this);
        }
        if (dropped > 0) {
            bus.failures().overflowed(this, channel(), dropped);
        }
    }

    @Override
    public Optional<T> next(Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        long patience = nanos(atMost);
        while (true) {
            ChannelEvent event = await(begun, patience);
            if (event == null) {
                return Optional.empty();
            }
            T message = decoded(event, this);
            if (message != null) {
                return Optional.of(message);
            }
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Emission<T> fresh = new Emission<>(this, requireNonNull(subscriber, "subscriber"));
        boolean first;
        synchronized (this) {
            first = emission == null;
            if (first) {
                emission = fresh;
                fresh.becomesDue();
                notifyAll(); // next() gives way
            }
        }
        if (first) {
            session.inbox().file(fresh);
        } else {
            fresh.refuse();
        }
    }

    @Override
    public CompletionStage<Void> forEach(ChannelListener<? super T> action) {
        requireNonNull(action, "action");
        return ForEach.of(this, action, message -> {
            action.onMessage(message);
            return DONE;
        });
    }

    @Override
    public CompletionStage<Void> forEachAsync(Function<? super T, ? extends CompletionStage<?>> action) {
        requireNonNull(action, "action");
        return ForEach.of(
                this, action, message -> requireNonNull(action.apply(message), "the action gave null; give a stage"));
    }

    @Override
    public synchronized boolean isClosed() {
        return buffer.isClosed();
    }

    @Override
    public void close() {
        session.close(this);
        shut(null); // another thread may have removed it, and not come this far
    }

    @Override
    Runnable end() {
        return end(null);
    }

    /** Ends it, for a reason or without; the caller holds the session's monitor. */
    Runnable end(@Nullable MessagesException cause) {
        Runnable tell = super.end();
        return () -> {
            shut(cause);
            tell.run();
        };
    }

    /** Takes no more; what is buffered stays for the consumer, unless there is a reason to end. */
    private void shut(@Nullable MessagesException cause) {
        Emission<T> due;
        synchronized (this) {
            if (cause != null && !buffer.isClosed()) {
                failure = cause;
                buffer.discard();
            }
            buffer.close();
            due = due();
            notifyAll();
        }
        file(due);
    }

    /** What waits in this stream; to be used under its monitor. */
    StreamBuffer buffer() {
        return buffer;
    }

    /** Why it ended, if that was no good end; the caller holds the monitor. */
    @Nullable
    MessagesException problem() {
        if (failure != null) {
            return failure;
        }
        return buffer.isBroken()
                ? new MessagesException("channel '" + channel() + "': " + this + " did not keep up: more than "
                        + buffer.capacity + " message(s) waited in it")
                : null;
    }

    MessageBus bus() {
        return bus;
    }

    /** Reads a message, or tells on behalf of a consumer that it can't be read and gives null. */
    @Nullable
    T decoded(ChannelEvent event, Object consumer) {
        try {
            return type == ChannelEvent.class ? type.cast(event) : event.payload(type);
        } catch (WrongTypeException e) {
            bus.failures().wrongType(consumer, event, e);
        } catch (Throwable e) {
            bus.failures().failed(consumer, event, e);
        }
        return null;
    }

    @Override
    public String description() {
        return "a stream of " + session;
    }

    @Override
    public String toString() {
        return description();
    }

    /** Waits for a message; gives null when there is none in time or will be none at all. */
    private synchronized @Nullable ChannelEvent await(long begun, long patience) throws InterruptedException {
        while (true) {
            if (emission != null) {
                throw new IllegalStateException("channel '" + channel()
                        + "': this stream has a subscriber, which gets its messages; create another stream for next()");
            }
            ChannelEvent event = buffer.poll();
            long left = patience - (System.nanoTime() - begun);
            if (event != null || buffer.isClosed() || left <= 0) {
                return event;
            }
            // at least a millisecond: wait(0) would be for ever
            TimeUnit.MILLISECONDS.timedWait(this, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    /** The emission if it must be filed now; the caller holds the monitor. */
    private @Nullable Emission<T> due() {
        return emission != null && emission.becomesDue() ? emission : null;
    }

    private void file(@Nullable Emission<T> due) {
        if (due != null) {
            session.inbox().file(due);
        }
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return time.isNegative() ? 0 : Long.MAX_VALUE; // hundreds of years
        }
    }
}
