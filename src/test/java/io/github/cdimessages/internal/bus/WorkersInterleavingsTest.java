package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.testing.steps.Interleavings;
import io.github.cdimessages.testing.steps.Scenario;
import io.github.cdimessages.testing.steps.Steps;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** In every order of their steps no task is forgotten, none runs twice, and no worker is too many. */
class WorkersInterleavingsTest {

    @Test
    void twoPostersOfOneWorker() {
        assertThat(Interleavings.tried(OneWorker.class, 3, Workers.class)).isGreaterThan(100);
    }

    @Test
    void threePostersOfOneWorker() {
        assertThat(Interleavings.tried(Waiting.class, 2, Workers.class)).isGreaterThan(100);
    }

    @Test
    void threePostersOfTwoWorkers() {
        assertThat(Interleavings.tried(TwoWorkers.class, 1, Workers.class)).isGreaterThan(100);
    }

    @Test
    void twoPostersOfACarrierThatRefuses() {
        assertThat(Interleavings.tried(Refused.class, 1, Workers.class)).isGreaterThan(100);
    }

    @Test
    void twoPostersInAContextThatFails() {
        assertThat(Interleavings.tried(Unready.class, 1, Workers.class)).isGreaterThan(100);
    }

    static final class OneWorker extends Tasks {
        OneWorker() {
            super(2, 1, 0, 0);
        }
    }

    static final class Waiting extends Tasks {
        Waiting() {
            super(3, 1, 0, 0);
        }
    }

    static final class TwoWorkers extends Tasks {
        TwoWorkers() {
            super(3, 2, 0, 0);
        }
    }

    static final class Refused extends Tasks {
        Refused() {
            super(2, 1, 3, 0);
        }
    }

    static final class Unready extends Tasks {
        Unready() {
            super(2, 1, 0, 3);
        }
    }

    /** Each thread posts one task. */
    abstract static class Tasks implements Scenario {
        private final int most;
        private final Workers workers;
        private final int[] runs;

        // Mutable state, used by one thread at a time
        private int refusals;
        private int failures;
        private int active;
        private int mostActive;

        Tasks(int tasks, int most, int refusals, int failures) {
            this.most = most;
            this.refusals = refusals;
            this.failures = failures;
            this.runs = new int[tasks];
            this.workers = new Workers(this::carry, most, worker -> () -> inContext(worker));
        }

        @Override
        public List<Runnable> threads() {
            Runnable[] posters = new Runnable[runs.length];
            for (int i = 0; i < runs.length; i++) {
                int task = i;
                posters[i] = () -> workers.execute(() -> runs[task]++);
            }
            return List.of(posters);
        }

        @Override
        public void verify() {
            assertThat(runs).containsOnly(1);
            assertThat(mostActive).isBetween(1, most);
        }

        private void carry(Runnable worker) {
            if (refusals-- > 0) {
                throw new RejectedExecutionException("no room");
            }
            Steps.start(worker);
        }

        private void inContext(Runnable worker) {
            if (failures-- > 0) {
                throw new IllegalStateException("not ready");
            }
            mostActive = Math.max(mostActive, ++active);
            worker.run();
            active--;
        }
    }
}
