package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.steps.Interleavings;
import io.github.cdimessages.testing.steps.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In every order of their steps a walk meets once whoever is on the channel all the time, and nobody twice. */
class ChannelListenersInterleavingsTest {

    @Test
    void aWalkWhilePlacesRunOut() {
        assertThat(Interleavings.tried(Growing.class, 2, ChannelListeners.class))
                .isGreaterThan(100);
    }

    @Test
    void aWalkWhilePlacesAreCompacted() {
        assertThat(Interleavings.tried(Compacted.class, 2, ChannelListeners.class))
                .isGreaterThan(100);
    }

    @Test
    void aWalkWhileSomeComeAndGo() {
        assertThat(Interleavings.tried(ComingAndGoing.class, 2, ChannelListeners.class))
                .isGreaterThan(100);
    }

    /** Three stay; the fourth takes the last place, the fifth new places. */
    static final class Growing extends Walk {
        Growing() {
            super(3, 0);
        }

        @Override
        void change() {
            join();
            join();
        }
    }

    /** So many have left that the next one who leaves takes all others to new places, where one more joins. */
    static final class Compacted extends Walk {
        Compacted() {
            super(2, 16);
        }

        @Override
        void change() {
            leave();
            join();
        }
    }

    /** One moves to new places and leaves those. */
    static final class ComingAndGoing extends Walk {
        ComingAndGoing() {
            super(1, 16);
            join();
        }

        @Override
        void change() {
            leave();
            leave();
            join();
        }
    }

    /** A walk beside changes, and another one after all of them. */
    abstract static class Walk implements Scenario {
        private static final ChannelEvent EVENT =
                new ChannelEvent("c", "here", 1, 0, Reach.LOCAL, new LocalContent("hello", new Engine.Text()));

        private final ChannelListeners channel = new ChannelListeners("c");
        private final List<Listener> staying = new ArrayList<>();
        private final List<Listener> left = new ArrayList<>();

        private final List<Listener> others = new ArrayList<>();

        Walk(int stay, int gone) {
            for (int i = 0; i < stay; i++) {
                Listener listener = new Listener();
                staying.add(listener);
                channel.add(listener);
            }
            for (int i = 0; i <= gone; i++) {
                join();
            }
            for (int i = 0; i < gone; i++) {
                leave();
            }
        }

        abstract void change();

        final void join() {
            Listener listener = new Listener();
            others.add(listener);
            synchronized (channel) {
                channel.add(listener);
            }
        }

        final void leave() {
            Listener listener = others.remove(0);
            left.add(listener);
            synchronized (channel) {
                channel.remove(listener);
            }
        }

        @Override
        public List<Runnable> threads() {
            return List.of(() -> channel.offer(EVENT), this::change);
        }

        @Override
        public void verify() {
            assertThat(staying).allMatch(listener -> listener.met == 1);
            assertThat(others).allMatch(listener -> listener.met <= 1);
            assertThat(left).allMatch(listener -> listener.met <= 1);
            left.forEach(listener -> listener.met = 0);
            others.forEach(listener -> listener.met = 0);
            channel.offer(EVENT);
            assertThat(staying).allMatch(listener -> listener.met == 2);
            assertThat(others).allMatch(listener -> listener.met == 1);
            assertThat(left).allMatch(listener -> listener.met == 0);
        }
    }

    /** Counts how often it is met. */
    static final class Listener extends Member {
        private static final BusSession SESSION = SteppedBus.make().open("session");

        // Mutable state, used by one thread at a time
        private int met;

        Listener() {
            super(SESSION, "c");
        }

        @Override
        void offer(ChannelEvent event) {
            met++;
        }
    }
}
