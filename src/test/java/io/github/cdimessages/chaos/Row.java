package io.github.cdimessages.chaos;

import io.github.cdimessages.chaos.ChaosNode.Heard;
import io.github.cdimessages.chaos.ChaosNode.Stream;
import io.github.cdimessages.chaos.Poster.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a fault did: the counts over all posters, channels and listening nodes. */
final class Row {
    static final String HEAD = String.format(
            "%-36s %7s %8s %8s %6s %9s %5s %9s %6s %5s %7s %8s",
            "fault",
            "posted",
            "accepted",
            "in doubt",
            "failed",
            "delivered",
            "lost",
            "announced",
            "gaps",
            "twice",
            "unorder",
            "seconds");

    final Fault fault;
    /** Until each node heard another one again. */
    final List<Double> firsts;

    final double seconds;
    /** What is wrong with single notes, at most some of it. */
    final List<String> wrong = new ArrayList<>();

    // Mutable state: owned by the test's thread
    int posted;
    int accepted;
    int inDoubt;
    int failed;
    int delivered;
    int lost;
    int announced;
    int gaps;
    int duplicated;
    int unordered;
    int falselyDelivered;
    int overflows;

    Row(Fault fault, List<Double> seconds) {
        this.fault = fault;
        firsts = seconds.subList(0, seconds.size() - 1);
        this.seconds = seconds.get(seconds.size() - 1);
    }

    void count(ChaosNode node, Stream stream, Poster poster) {
        List<Outcome> outcomes = poster.outcomes(stream.channel());
        if (node.index == 0) {
            posted += outcomes.size();
            accepted += count(outcomes, Outcome.ACCEPTED);
            inDoubt += count(outcomes, Outcome.IN_DOUBT);
            failed += count(outcomes, Outcome.FAILED);
        }
        int[] times = new int[outcomes.size()];
        int last = -1;
        for (Heard heard : node.heard(stream)) {
            int number = heard.number();
            delivered++;
            times[number]++;
            if (number < last) {
                unordered++;
                tell(node, stream, number + " comes after " + last);
            }
            last = number;
        }
        for (int number = 0; number < times.length; number++) {
            if (times[number] > 1) {
                duplicated++;
                tell(node, stream, number + " comes " + times[number] + " times");
            } else if (times[number] == 0 && outcomes.get(number) == Outcome.ACCEPTED) {
                lost++;
                boolean isInGap = node.isInGap(stream, number, poster.postedAt(stream.channel(), number));
                announced += isInGap ? 1 : 0;
                if (!isInGap || fault.keepsData) {
                    tell(node, stream, number + " was accepted and is missing" + (isInGap ? "" : ", in no gap"));
                }
            } else if (times[number] == 1 && outcomes.get(number) == Outcome.FAILED) {
                falselyDelivered++;
                tell(node, stream, number + " has failed and comes all the same");
            }
        }
    }

    void countGaps(ChaosNode node) {
        gaps += node.announced().gaps().size();
        overflows += node.announced().overflows().size();
        if (fault.keepsData) {
            node.announced().gaps().forEach(gap -> wrong.add("node " + node.index + " announces " + gap));
        }
    }

    private void tell(ChaosNode node, Stream stream, String what) {
        if (wrong.size() < 20) {
            wrong.add("on node " + node.index + ", of " + stream + ": " + what);
        }
    }

    private static int count(List<Outcome> outcomes, Outcome wanted) {
        return (int) outcomes.stream().filter(wanted::equals).count();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-36s %7d %8d %8d %6d %9d %5d %9d %6d %5d %7d %8.2f",
                fault.text,
                posted,
                accepted,
                inDoubt,
                failed,
                delivered,
                lost,
                announced,
                gaps,
                duplicated,
                unordered,
                seconds);
    }
}
