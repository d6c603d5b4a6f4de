package io.github.cdimessages.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.testing.steps.Interleavings;
import io.github.cdimessages.testing.steps.Scenario;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** In every order of their steps one thread at a time reads, and at the end it is the connection's own. */
class ReadingTurnInterleavingsTest {
    @Test
    void twoWhoWait() {
        assertThat(Interleavings.tried(TwoWaiting.class, 2, ReadingTurn.class, Reading.class))
                .isGreaterThan(500);
    }

    @Test
    void oneWhoWaitsAndOneWhoHasTheTurnCalledBack() {
        assertThat(Interleavings.tried(Recalled.class, 2, ReadingTurn.class, Reading.class))
                .isGreaterThan(500);
    }

    static final class TwoWaiting extends Reading {
        @Override
        public List<Runnable> threads() {
            return List.of(this::lendTwice, this::readAndLeave, this::readAndGiveBack);
        }
    }

    static final class Recalled extends Reading {
        @Override
        public List<Runnable> threads() {
            return List.of(this::lendTwice, this::readAndLeave, this::recall);
        }
    }

    abstract static class Reading implements Scenario {
        private final ReadingTurn turn = new ReadingTurn();
        private final AtomicInteger inside = new AtomicInteger();

        void lendTwice() {
            read();
            turn.lend();
            read();
            turn.lend();
            read();
        }

        void readAndLeave() {
            if (turn.take()) {
                read();
                turn.done();
            }
        }

        void readAndGiveBack() {
            if (turn.take()) {
                read();
                turn.giveBack();
            }
        }

        void recall() {
            turn.recall();
        }

        private void read() {
            assertThat(inside.incrementAndGet()).as("threads that read").isEqualTo(1);
            inside.decrementAndGet();
        }

        @Override
        public void verify() {
            assertThat(turn.take()).as("somebody else may read").isFalse();
        }
    }
}
