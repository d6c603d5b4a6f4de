package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who waits in vain is interrupted, and whoever works on the same thread later does not feel it. */
class TurnInterruptTest {
    /** Whenever the interrupt comes: while the work waits, when it is about to end, and just before. */
    @Test
    void anInterruptEndsWithTheTurn() {
        Turn turn = new Turn.Exclusive();
        AtomicBoolean done = new AtomicBoolean();
        int felt = 0;
        int leaked = 0;
        Thread interrupts = new Thread(() -> {
            while (!done.get()) {
                turn.interrupt(TurnInterruptTest::waitsInVain);
            }
        });
        interrupts.start();
        try {
            for (int i = 0; i < 8_000; i++) {
                turn.await(false);
                waitInVain(i % 4 == 0 && interrupts.isAlive());
                felt += Thread.currentThread().isInterrupted() ? 1 : 0;
                turn.giveBack();
                waitInVain(false); // elsewhere, where nobody is to be interrupted
                leaked += Thread.interrupted() ? 1 : 0;
            }
        } finally {
            done.set(true);
        }
        assertThat(felt).isGreaterThanOrEqualTo(2_000);
        assertThat(leaked).isZero();
    }

    private static void waitInVain(boolean untilInterrupted) {
        do {
            LockSupport.parkNanos(1_000);
        } while (untilInterrupted && !Thread.currentThread().isInterrupted());
    }

    private static boolean waitsInVain(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("waitInVain"));
    }

    /** As when a listener closes its socket, and the server calls back at once. */
    @Test
    void theInterruptOutlivesTheInnerOfTwoTurns() {
        Turn turn = new Turn.Exclusive();
        turn.await(false);
        turn.await(false);
        assertThat(turn.interrupt(stack -> true)).isTrue();
        turn.giveBack();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        turn.giveBack();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptFromElsewhereStays() {
        Turn turn = new Turn.Exclusive();
        turn.await(false);
        assertThat(turn.interrupt(stack -> false)).isTrue();
        Thread.currentThread().interrupt();
        turn.giveBack();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTurnTellsWhetherSomebodyHasIt() {
        Turn turn = new Turn.Exclusive();
        assertThat(turn.interrupt(stack -> true)).isFalse();
        turn.await(false);
        assertThat(turn.interrupt(stack -> false)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        turn.giveBack();
        assertThat(turn.interrupt(stack -> true)).isFalse();
    }
}
