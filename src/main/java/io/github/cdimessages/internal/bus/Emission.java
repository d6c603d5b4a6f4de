package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gives a stream's messages to its subscriber, one signal in each turn of the session: it files itself again while the
 * subscriber has demand and the stream has messages.
 */
final class Emission<T> implements Flow.Subscription, Runnable {
    private final ChannelStream<T> stream;

    // Mutable state, guarded by the stream's monitor
    /** Null once it has got its last signal, or has cancelled. */
    private Flow.@Nullable Subscriber<? super T> subscriber;

    private long demand;
    private boolean begun;
    /** Whether it is in the session's inbox, or a worker is at it. */
    private boolean filed;

    private @Nullable IllegalArgumentException misuse;

    /** What the subscriber has in its hands; used by the worker that has the session's turn alone. */
    private @Nullable ChannelEvent current;

    Emission(ChannelStream<T> stream, Flow.Subscriber<? super T> subscriber) {
        this.stream = stream;
        this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
        boolean due;
        synchronized (stream) {
            if (subscriber == null) {
                return;
            }
            if (n > 0) {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            } else if (misuse == null) {
                misuse = new IllegalArgumentException("channel '" + stream.channel() + "': " + n
                        + " messages were requested of " + stream + "; request at least one");
                stream.buffer().discard();
            }
            due = becomesDue();
        }
        if (n <= 0) {
            stream.close();
        }
        if (due) {
            stream.session.inbox().file(this);
        }
    }

    @Override
    public void cancel() {
        synchronized (stream) {
            if (subscriber == null) {
                return;
            }
            subscriber = null;
            stream.buffer().discard();
        }
        stream.close();
    }

    /**
     * Whether there is a signal to give and nobody is about to; who hears it files this. The caller holds the monitor.
     */
    boolean becomesDue() {
        if (filed || !hasSignal()) {
            return false;
        }
        filed = true;
        return true;
    }

    /** A worker's visit, in the session's turn. */
    @Override
    public void run() {
        signal();
        boolean again;
        synchronized (stream) {
            filed = false;
            again = becomesDue();
        }
        if (again) {
            stream.session.inbox().file(this);
        }
    }

    /** Tells a subscriber that came second. */
    void refuse() {
        Flow.Subscriber<? super T> to;
        synchronized (stream) {
            to = subscriber;
            subscriber = null;
        }
        if (to == null) {
            return;
        }
        try {
            to.onSubscribe(this);
            to.onError(new IllegalStateException("channel '" + stream.channel()
                    + "': this stream has a subscriber already; create another stream for each"));
        } catch (RuntimeException e) {
            stream.bus().failures().cancelled(to, stream.channel(), null, e);
        }
    }

    /** The message that the subscriber is being given; to be called from within. */
    @Nullable
    ChannelEvent current() {
        return current;
    }

    /** Cancels because a consumer failed with a message, and tells so. */
    void fail(Object consumer, @Nullable ChannelEvent event, Throwable cause) {
        cancel();
        stream.bus().failures().cancelled(consumer, stream.channel(), event, cause);
    }

    private boolean hasSignal() {
        return subscriber != null
                && (!begun
                        || misuse != null
                        || (demand > 0 && !stream.buffer().isEmpty())
                        || stream.buffer().isDrained());
    }

    private void signal() {
        Flow.Subscriber<? super T> to;
        Runnable signal;
        synchronized (stream) {
            if (!hasSignal()) {
                return;
            }
            to = requireNonNull(subscriber);
            signal = nextSignal(to);
        }
        try {
            stream.bus().as(stream.session, () -> {
                signal.run();
                return null;
            });
        } catch (Throwable e) {
            fail(to, current, e);
        }
        current = null;
    }

    private Runnable nextSignal(Flow.Subscriber<? super T> to) {
        if (!begun) {
            begun = true;
            return () -> to.onSubscribe(this);
        }
        ChannelEvent event = misuse == null ? stream.buffer().poll() : null;
        if (event != null) {
            return () -> emit(to, event);
        }
        subscriber = null;
        Throwable problem = misuse == null ? stream.problem() : misuse;
        return problem == null ? to::onComplete : () -> to.onError(problem);
    }

    private void emit(Flow.Subscriber<? super T> to, ChannelEvent event) {
        T message = stream.decoded(event, to);
        if (message != null && spend()) {
            current = event;
            to.onNext(message);
        }
    }

    /** Uses up one of what was requested; a message that could not be read has not. */
    private boolean spend() {
        synchronized (stream) {
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            return subscriber != null && misuse == null;
        }
    }
}
