package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.steps.Interleavings;
import io.github.cdimessages.testing.steps.Scenario;
import io.github.cdimessages.testing.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** In every order of their steps no signal of a stream is lost, given twice or given beside another. */
class ChannelStreamInterleavingsTest {

    @Test
    void aPosterAndDemand() {
        assertThat(Interleavings.tried(Demanded.class, 1)).isGreaterThan(100);
    }

    @Test
    void aPosterAndDemandAndAnEnd() {
        assertThat(Interleavings.tried(Ended.class, 1)).isGreaterThan(100);
    }

    @Test
    void twoEnds() {
        assertThat(Interleavings.tried(EndedTwice.class, 3)).isGreaterThan(10);
    }

    static final class Demanded extends Streaming {
        @Override
        public List<Runnable> threads() {
            return List.of(this::postTwo, this::subscribe, this::askForOne);
        }

        @Override
        public void verify() {
            assertThat(overlaps).isZero();
            assertThat(signals).containsExactly(1L, 2L);
        }
    }

    static final class Ended extends Streaming {
        @Override
        public List<Runnable> threads() {
            return List.of(this::postTwo, this::subscribe, this::askForOne, session::end);
        }
    }

    static final class EndedTwice extends Streaming {
        @Override
        public List<Runnable> threads() {
            return List.of(this::close, session::end);
        }

        @Override
        public void verify() {
            assertThat(bus.listenerCount("c")).isZero();
        }

        private void close() {
            stream.close();
            assertThat(stream.isClosed()).isTrue();
        }
    }

    /**
     * Two messages, and one after the other demand for two: whatever came before the end is given before it is told.
     */
    abstract static class Streaming implements Scenario, Flow.Subscriber<Long> {
        final MessageBus bus = SteppedBus.make();
        final BusSession session = bus.openExclusive("socket", SessionOwner.NOBODY);
        final MessageStream<Long> stream = session.stream("c", Long.class);
        final List<Object> signals = new ArrayList<>();

        // Mutable state, used by one thread at a time
        Flow.Subscription subscription;
        private int inside;
        int overlaps;

        void subscribe() {
            stream.subscribe(this);
        }

        void askForOne() {
            Steps.await(() -> subscription != null);
            subscription.request(1);
        }

        void postTwo() {
            bus.post("c", 1L, Reach.LOCAL);
            bus.post("c", 2L, Reach.LOCAL);
        }

        @Override
        public void verify() {
            assertThat(overlaps).isZero();
            assertThat(signals).isIn(List.of("end"), List.of(1L, "end"), List.of(1L, 2L, "end"));
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(Long message) {
            signal(message);
        }

        @Override
        public void onError(Throwable problem) {
            signal(problem);
        }

        @Override
        public void onComplete() {
            signal("end");
        }

        private void signal(Object what) {
            overlaps += inside++;
            Steps.point();
            signals.add(what);
            inside--;
        }
    }
}
