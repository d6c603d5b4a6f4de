package io.github.cdimessages.testing.steps;

import java.util.ArrayList;
import java.util.List;

/**
 * Which thread goes on, decision by decision, and after each run the next way to decide: depth first through all orders
 * in which threads are interrupted at most so many times. Switches where a thread ends or waits don't count.
 */
final class Decisions {
    private final int interruptions;

    // Mutable state, used by the one thread that may run
    private final List<int[]> made = new ArrayList<>();
    private int at;
    private int left;

    Decisions(int interruptions) {
        this.interruptions = interruptions;
        this.left = interruptions;
    }

    /** Decides whether a thread goes on, which is 0, or one of the others interrupts it. */
    int preempt(int others) {
        int choice = left == 0 ? 0 : among(others + 1);
        left -= choice == 0 ? 0 : 1;
        return choice;
    }

    /** Decides for one of several. */
    int among(int options) {
        if (options == 1) {
            return 0;
        }
        if (at == made.size()) {
            made.add(new int[] {0, options});
        }
        int[] decision = made.get(at++);
        if (decision[1] != options) {
            throw new IllegalStateException("the scenario does not do the same when it is run again");
        }
        return decision[0];
    }

    /** Goes back to the first decision, to run the same again. */
    void rewind() {
        at = 0;
        left = interruptions;
    }

    /** Changes the last decision that can be another; tells whether there is one. */
    boolean advance() {
        rewind();
        while (!made.isEmpty()) {
            int[] last = made.get(made.size() - 1);
            if (++last[0] < last[1]) {
                return true;
            }
            made.remove(made.size() - 1);
        }
        return false;
    }
}
