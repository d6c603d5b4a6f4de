package io.github.cdimessages.chaos;

import io.github.cdimessages.PostInDoubtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** A thread of a node that posts to all channels until it is told to end, and knows what became of each note. */
final class Poster implements Runnable {
    /** So that a round has enough notes, and two processors enough to do for something else. */
    private static final long PACE = 3_000_000;

    private static final int MOST_UNDER_WAY = 5_000;

    private final ChaosNode node;
    private final int round;
    final int id;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final Thread thread = new Thread(this, "poster");

    // Mutable state: set by the test's thread
    private volatile boolean ended;

    // Mutable state: guarded by this object's monitor
    private final Map<String, List<Outcome>> outcomes = new HashMap<>();
    private final Map<String, List<Long>> times = new HashMap<>();
    private int accepted;

    /** What became of a note. */
    enum Outcome {
        OPEN,
        ACCEPTED,
        IN_DOUBT,
        FAILED
    }

    Poster(ChaosNode node, int round, int id) {
        this.node = node;
        this.round = round;
        this.id = id;
        ChaosNode.CHANNELS.forEach(channel -> {
            outcomes.put(channel, new ArrayList<>());
            times.put(channel, new ArrayList<>());
        });
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Posts no more and waits until the fate of all is known. */
    void end() throws InterruptedException {
        ended = true;
        thread.join();
        underWay.acquire(MOST_UNDER_WAY);
    }

    @Override
    public void run() {
        for (int n = 0; !ended; n++) {
            for (String channel : ChaosNode.CHANNELS) {
                post(channel, n);
            }
            LockSupport.parkNanos(PACE);
        }
    }

    synchronized int accepted() {
        return accepted;
    }

    synchronized List<Outcome> outcomes(String channel) {
        return List.copyOf(outcomes.get(channel));
    }

    /** When a note was given to the library. */
    synchronized long postedAt(String channel, int number) {
        return times.get(channel).get(number);
    }

    private void post(String channel, int number) {
        underWay.acquireUninterruptibly();
        note(channel, number, Outcome.OPEN);
        node.post(channel, new Note(round, id, number)).whenComplete((done, problem) -> {
            note(channel, number, outcome(problem));
            underWay.release();
        });
    }

    private synchronized void note(String channel, int number, Outcome outcome) {
        List<Outcome> all = outcomes.get(channel);
        if (outcome == Outcome.OPEN) {
            all.add(outcome);
            times.get(channel).add(System.nanoTime());
        } else {
            all.set(number, outcome);
            accepted += outcome == Outcome.ACCEPTED ? 1 : 0;
        }
    }

    private static Outcome outcome(Throwable problem) {
        if (problem == null) {
            return Outcome.ACCEPTED;
        }
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof PostInDoubtException ? Outcome.IN_DOUBT : Outcome.FAILED;
    }
}
