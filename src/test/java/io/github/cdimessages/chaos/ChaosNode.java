package io.github.cdimessages.chaos;

import static org.awaitility.Awaitility.await;

import io.github.cdimessages.ChannelGap;
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
    private final Map<Stream, List<Integer>> heard = new HashMap<>();

    /** What has an order: the notes of one poster on one channel. */
    record Stream(int round, String channel, int poster) {}

    ChaosNode(int index, Map<String, String> properties) throws Exception {
        this.index = index;
        Map<String, String> all = new HashMap<>(properties);
        all.put("messages.node", "node-" + index);
        all.put("messages.inbox.capacity", "1000000");
        all.put("messages.redis.post-timeout", "60s");
        node = Node.configured(all, Announced.class);
        for (String channel : CHANNELS) {
            Node.ready(node.applicationWide().addListener(channel, Note.class, note -> hear(channel, note)));
        }
    }

    CompletionStage<?> post(String channel, Note note) {
        return node.messages().postMessage(channel, note, Reach.GLOBAL);
    }

    /** The numbers of a poster's notes in the order in which they came. */
    synchronized List<Integer> heard(Stream stream) {
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
                .until(() -> heard(stream).contains(number));
    }

    Announced announced() {
        return node.get(Announced.class);
    }

    /** Whether a gap was announced here that a note of a node on a channel lies in. */
    boolean isInGap(String channel, int poster) {
        String origin = "node-" + poster / Round.THREADS + "-";
        for (ChannelGap gap : announced().gaps()) {
            if (gap.channel().equals(channel)
                    && (gap.origin().isEmpty() || gap.origin().startsWith(origin))) {
                return true;
            }
        }
        return false;
    }

    private synchronized void hear(String channel, Note note) {
        heard.computeIfAbsent(new Stream(note.round(), channel, note.poster()), missing -> new ArrayList<>())
                .add(note.number());
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
