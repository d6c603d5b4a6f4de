package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that come and go while messages are on their way. */
class BusSessionTest {
    private final Engine engine = new Engine();
    private final BusSession session = engine.session("s");
    private final Trace trace = new Trace();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aListenerThatRemovesItselfHearsNoMore() throws Exception {
        AtomicReference<Subscription> own = new AtomicReference<>();
        own.set(session.add("c", String.class, message -> {
            trace.onMessage(message);
            own.get().close();
        }));
        session.add("c", String.class, message -> trace.onMessage("other " + message));
        engine.post("c", "1");
        engine.post("c", "2");
        assertThat(trace.first(3)).containsExactly("1", "other 1", "other 2");
        assertThat(engine.bus.listenerCount("c")).isOne();
    }

    @Test
    void aListenerThatIsRemovedByAnotherHearsNotEvenWhatWaits() throws Exception {
        AtomicReference<Subscription> victim = new AtomicReference<>();
        session.add("c", String.class, message -> {
            victim.get().close();
            trace.onMessage(message);
        });
        victim.set(session.add("c", String.class, message -> trace.onMessage("victim " + message)));
        engine.post("c", "1");
        engine.post("c", "2");
        assertThat(trace.first(2)).containsExactly("1", "2");
    }

    @Test
    void aListenerThatAddsAnotherAndPostsAgainIsHeardByBoth() throws Exception {
        session.add("c", String.class, message -> {
            trace.onMessage("first " + message);
            if (message.equals("1")) {
                session.add("c", String.class, again -> trace.onMessage("second " + again));
                engine.post("c", "2");
            }
        });
        engine.post("c", "1");
        assertThat(trace.first(3)).containsExactly("first 1", "first 2", "second 2");
    }

    @Test
    void theSameListenerTwiceIsOneAndOnTwoChannelsOrInTwoSessionsTwo() throws Exception {
        Subscription once = session.add("c", String.class, trace);
        assertThat(session.add("c", String.class, trace)).isSameAs(once);
        Subscription elsewhere = session.add("d", String.class, trace);
        assertThat(elsewhere).isNotSameAs(once);
        BusSession other = engine.session("other");
        other.add("c", String.class, trace);
        assertThat(engine.bus.listenerCount("c")).isEqualTo(2);
        session.end();
        assertThat(once.isActive()).isFalse();
        assertThat(elsewhere.isActive()).isFalse();
        engine.post("d", "nobody");
        engine.post("c", "the other session");
        assertThat(trace.first(1)).containsExactly("the other session");
        assertThat(other.remove("d", trace)).isFalse();
        assertThat(other.remove("c", trace)).isTrue();
        assertThat(other.remove("c", trace)).isFalse();
        assertThat(engine.bus.channelCount()).isZero();
    }

    @Test
    void addingToAnEndedSessionFailsAndPostingFromItWorks() throws Exception {
        Subscription subscription = session.add("c", String.class, trace);
        CompletableFuture<Void> ready = subscription.ready().toCompletableFuture();
        Crowd.of(2, number -> session.end());
        assertThat(ready).isCompleted();
        assertThat(subscription.ready().toCompletableFuture()).isDone();
        assertThatThrownBy(() -> session.add("c", String.class, trace))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
        assertThat(session.remove("c", trace)).isFalse();
        engine.session("other").add("c", String.class, message -> trace.onMessage("other " + message));
        session.call(() -> engine.bus.post("c", "1", Reach.LOCAL));
        assertThat(trace.first(1)).containsExactly("other 1");
    }

    @Test
    void addingClosingAndEndingAtOnceLeavesNothing() throws Exception {
        AtomicReference<BusSession> ending = new AtomicReference<>();
        AtomicReference<Subscription> known = new AtomicReference<>();
        CyclicBarrier round = new CyclicBarrier(4, () -> {
            assertThat(engine.bus.channelCount()).isZero();
            ending.set(engine.session("short"));
            known.set(ending.get().add("c", String.class, trace));
        });
        Crowd.of(4, number -> {
            for (int i = 0; i < 10_000; i++) {
                round.await();
                switch (number) {
                    case 0 -> ending.get().end();
                    case 1 -> known.get().close();
                    case 2 -> engine.post("c", "hello");
                    default -> addIfOpen(ending.get());
                }
            }
            round.await();
        });
        assertThat(engine.bus.listenerCount("c")).isOne(); // of the last round, which nobody ended
        assertThat(engine.bus.failureCount()).isZero();
    }

    @Test
    void whatFailsInTheLibraryItselfMakesNoSessionDeaf() throws Exception {
        Described nameless = () -> {
            throw new IllegalStateException("has no name");
        };
        session.add("c", String.class, new Unruly(nameless));
        session.add("c", String.class, trace);
        engine.post("c", "1");
        engine.post("c", "2");
        assertThat(trace.first(2)).containsExactly("1", "2");
    }

    private void addIfOpen(BusSession ending) {
        try {
            ending.add("d", String.class, trace);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("has ended");
        }
    }

    /** A listener that fails, and can't even say who it is. */
    private record Unruly(Described who) implements ChannelListener<Object>, Described {
        @Override
        public void onMessage(Object message) {
            throw new IllegalArgumentException("on purpose");
        }

        @Override
        public String description() {
            return who.description();
        }
    }

    /** What was heard, in its order. */
    private static final class Trace implements ChannelListener<Object> {
        private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

        @Override
        public void onMessage(Object message) {
            heard.add(message);
        }

        /** Waits for so many, and shows all. */
        List<Object> first(int count) {
            Engine.await("messages heard", () -> heard.size() >= count);
            return List.copyOf(heard);
        }
    }
}
