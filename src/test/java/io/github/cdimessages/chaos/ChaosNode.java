package io.github.cdimessages.chaos;

import static org.awaitility.Awaitility.await;

import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One server that posts and listens; it remembers what it has heard. */
final class ChaosNode implements AutoCloseable {
    static final List<String> CHANNELS = List.of("news", "orders", "rooms");

    final int index;
    private final Node node;

    // Mutable state: guarded by this object's monitor
    private final Map<Stream, List<Heard>> heard = new HashMap<>();

    /** What has an order: the notes of one poster on one channel. */
    record Stream(int round, String channel, int poster) {}

    /** A note's number, and when it came. */
    record Heard(int number, long at) {}

    ChaosNode(int index, Map<String, String> properties) throws Exception {
        this.index = index;
        Map<String, String> all = new HashMap<>(properties);
        all.put("messages.node", "node-" + index);
        all.put("messages.inbox.capacity", "1000000");
        all.put("messages.redis.post-timeout", "60s");
        node = Node.configured(all, Announced.class, GapClock.class);
        for (String channel : CHANNELS) {
            Node.ready(node.applicationWide().addListener(channel, Note.class, note -> hear(channel, note)));
        }
    }

    CompletionStage<?> post(String channel, Note note) {
        return node.messages().postMessage(channel, note, Reach.GLOBAL);
    }

    /** A poster's notes in the order in which they came. */
    synchronized List<Heard> heard(Stream stream) {
        return List.copyOf(heard.getOrDefault(stream, List.of()));
    }

    synchronized boolean hasHeard(int round, int poster) {
        return heard.containsKey(new Stream(round, CHANNELS.get(0), poster));
    }

    /** Waits until it has heard a note of a poster on a channel. */
    void awaitHeard(Stream stream, int number) {
        await("node " + index + " hears " + stream)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(() -> heard(stream).stream().anyMatch(each -> each.number == number));
    }

    Announced announced() {
        return node.get(Announced.class);
    }

    /**
     * Whether a note that is missing here lies in a gap that was announced. The library says that there is one when all
     * that is missing was posted, and before it hands over what the same node posted next; so there is no more than
     * that between the two for a gap of another loss to lie in.
     */
    boolean isInGap(Stream stream, int number, long postedAt) {
        long nextAt = nextAfter(stream, number);
        String origin = "node-" + Round.nodeOf(stream.poster) + "-";
        return announced().gaps().stream()
                .filter(gap -> gap.event().channel().equals(stream.channel))
                .filter(gap ->
                        gap.event().origin().isEmpty() || gap.event().origin().startsWith(origin))
                .anyMatch(gap -> gap.saidAt() - postedAt >= 0 && nextAt - gap.saidAt() >= 0);
    }

    /** When the first note came here that was posted later, at the latest the one that ended the round. */
    private long nextAfter(Stream stream, int number) {
        Stream last = new Stream(stream.round, stream.channel, Round.lastOf(Round.nodeOf(stream.poster)));
        return java.util.stream.Stream.concat(
                        heard(stream).stream().filter(each -> each.number > number), heard(last).stream())
                .mapToLong(Heard::at)
                .min()
                .orElseThrow();
    }

    private void hear(String channel, Note note) {
        hear(new Stream(note.round(), channel, note.poster()), new Heard(note.number(), System.nanoTime()));
    }

    private synchronized void hear(Stream stream, Heard note) {
        heard.computeIfAbsent(stream, missing -> new ArrayList<>()).add(note);
    }

    synchronized void forget() {
        heard.clear();
        announced().forget();
    }

    @Override
    public void close() {
        node.close();
    }
}
