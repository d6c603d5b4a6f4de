package io.github.cdimessages.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.chaos.ChaosNode.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/** Posts on all nodes, lets one fault happen meanwhile, waits until all is whole again, and counts. */
final class Round {
    /** That post, on each node. */
    static final int THREADS = 2;

    private static final int ENOUGH = 300;

    private final World world;
    private final int number;
    private final List<Poster> posters = new ArrayList<>();

    Round(World world, int number) {
        this.world = world;
        this.number = number;
    }

    Row run(Fault fault) throws Exception {
        world.nodes.forEach(ChaosNode::forget);
        for (ChaosNode node : world.nodes) {
            for (int i = 0; i < THREADS; i++) {
                posters.add(new Poster(node, number, node.index * THREADS + i));
            }
        }
        posters.forEach(Poster::start);
        awaitAccepted(ENOUGH);
        fault.strike(world);
        List<Double> seconds = awaitFirst();
        awaitAccepted(2 * ENOUGH);
        for (Poster poster : posters) {
            poster.end();
        }
        awaitEnd();
        Row row = counted(fault, seconds);
        if (row.lost > row.announced) { // what is announced comes by a thread of its own, perhaps a moment later
            try {
                await().atMost(Duration.ofSeconds(5)).until(() -> {
                    Row again = counted(fault, seconds);
                    return again.lost == again.announced;
                });
            } catch (ConditionTimeoutException e) {
                return row; // the row tells more
            }
            row = counted(fault, seconds);
        }
        return row;
    }

    private Row counted(Fault fault, List<Double> seconds) {
        Row row = new Row(fault, seconds);
        for (Poster poster : posters) {
            for (String channel : ChaosNode.CHANNELS) {
                for (ChaosNode node : world.nodes) {
                    row.count(node, new Stream(number, channel, poster.id), poster);
                }
            }
        }
        world.nodes.forEach(row::countGaps);
        return row;
    }

    /** Seconds until each node has heard the first note that another one posted after the fault. */
    private List<Double> awaitFirst() {
        long healed = System.nanoTime();
        List<Double> seconds = new ArrayList<>(Collections.nCopies(world.nodes.size(), -1.0));
        AtomicInteger time = new AtomicInteger();
        await("all nodes hear each other again")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    // the fault may still break a connection, and where Redis forgets, what was posted lies in the gap
                    if (System.nanoTime() - healed >= SECONDS.toNanos(time.get())) {
                        world.nodes.forEach(node ->
                                node.post(ChaosNode.CHANNELS.get(0), new Note(number, firstOf(node), time.get())));
                        time.incrementAndGet();
                    }
                    return hearEachOther(healed, seconds);
                });
        seconds.add((System.nanoTime() - healed) / 1e9);
        return seconds;
    }

    private boolean hearEachOther(long healed, List<Double> seconds) {
        boolean whole = true;
        for (ChaosNode node : world.nodes) {
            boolean one = false;
            for (ChaosNode other : world.nodes) {
                boolean heard = node.hasHeard(number, firstOf(other));
                whole &= heard;
                one |= heard && other != node;
            }
            if (one && seconds.get(node.index) < 0) {
                seconds.set(node.index, (System.nanoTime() - healed) / 1e9);
            }
        }
        return whole;
    }

    /** Waits until all that was accepted is here or will never be: what is posted last comes last. */
    private void awaitEnd() throws Exception {
        for (ChaosNode node : world.nodes) {
            for (String channel : ChaosNode.CHANNELS) {
                int accepted = postLast(node, channel);
                world.nodes.forEach(each -> each.awaitHeard(new Stream(number, channel, lastOf(node.index)), accepted));
            }
        }
    }

    /** Gives the number of the note that was accepted: a fault may still break a connection that was idle so far. */
    private int postLast(ChaosNode node, String channel) throws Exception {
        for (int time = 0; ; time++) {
            Note last = new Note(number, lastOf(node.index), time);
            boolean isAccepted = node.post(channel, last)
                    .handle((done, problem) -> problem == null)
                    .toCompletableFuture()
                    .get(60, SECONDS);
            if (isAccepted) {
                return time;
            }
        }
    }

    private void awaitAccepted(int more) {
        int[] before = posters.stream().mapToInt(Poster::accepted).toArray();
        await("notes accepted").atMost(Duration.ofSeconds(60)).until(() -> {
            boolean all = true;
            for (int i = 0; i < before.length; i++) {
                all &= posters.get(i).accepted() >= before[i] + more / THREADS;
            }
            return all;
        });
    }

    static int nodeOf(int poster) {
        return poster / THREADS;
    }

    private static int firstOf(ChaosNode node) {
        return 1_000 + node.index;
    }

    /** Who posts the last notes of a node, when all its posters have ended. */
    static int lastOf(int node) {
        return 2_000 + node;
    }
}
