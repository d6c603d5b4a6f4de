package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.steps.Interleavings;
import io.github.cdimessages.testing.steps.Scenario;
import io.github.cdimessages.testing.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In every order of their steps callbacks and listeners exclude each other, and each message is heard in its order. */
class InboxInterleavingsTest {

    @Test
    void twoMessagesAndACallback() {
        assertThat(Interleavings.tried(OneCallback.class, 2)).isGreaterThan(100);
    }

    @Test
    void aMessageAndTwoCallbacks() {
        assertThat(Interleavings.tried(TwoCallbacks.class, 1)).isGreaterThan(100);
    }

    @Test
    void twoPostersAndACallback() {
        assertThat(Interleavings.tried(TwoPosters.class, 1)).isGreaterThan(100);
    }

    @Test
    void twoPostersToASessionWithoutCallbacks() {
        assertThat(Interleavings.tried(NoCallbacks.class, 2)).isGreaterThan(100);
    }

    static final class OneCallback extends Socket {
        @Override
        public List<Runnable> threads() {
            return List.of(() -> post(1, 2), this::callBack);
        }
    }

    static final class TwoCallbacks extends Socket {
        @Override
        public List<Runnable> threads() {
            return List.of(() -> post(1), this::callBack, this::callBack);
        }
    }

    static final class TwoPosters extends Socket {
        @Override
        public List<Runnable> threads() {
            return List.of(() -> post(1, 2), () -> post(3), this::callBack);
        }
    }

    static final class NoCallbacks extends Listening {
        @Override
        BusSession open(MessageBus bus) {
            return bus.open("request");
        }

        @Override
        public List<Runnable> threads() {
            return List.of(() -> post(1, 2), () -> post(3));
        }
    }

    /** A session with callbacks. */
    abstract static class Socket extends Listening {
        @Override
        BusSession open(MessageBus bus) {
            return bus.openExclusive("socket", SessionOwner.NOBODY);
        }
    }

    /** A session of whose code only one thread at a time may be inside. */
    abstract static class Listening implements Scenario {
        private final MessageBus bus;
        private final BusSession session;

        // Mutable state, used by one thread at a time
        private final List<Object> posted = new ArrayList<>();
        private final List<Object> heard = new ArrayList<>();
        private int inside;
        private int overlaps;

        Listening() {
            bus = SteppedBus.make();
            session = open(bus);
            session.add("c", Long.class, message -> {
                enter();
                heard.add(message);
            });
        }

        abstract BusSession open(MessageBus bus);

        void post(long... messages) {
            for (long message : messages) {
                posted.add(message);
                bus.post("c", message, Reach.LOCAL);
            }
        }

        void callBack() {
            try {
                session.call(this::enter);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void verify() {
            assertThat(overlaps).isZero();
            assertThat(heard).containsExactlyInAnyOrderElementsOf(posted);
            assertThat(heard).containsSubsequence(ascending());
        }

        private Object enter() {
            overlaps += inside++;
            Steps.point();
            inside--;
            return "done";
        }

        /** The first poster's, in its order. */
        private List<Object> ascending() {
            return posted.stream().filter(message -> (Long) message < 3).toList();
        }
    }
}
