package io.github.cdimessages.demo;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket session on one server that tells what its listener hears. */
final class Ear implements AutoCloseable, WebSocket.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "ready 0";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    // Mutable state: written by the socket's listener calls, which come one at a time
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private Ear(URI ear) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(ear, this)
                .join();
    }

    /** Listens to a channel; when this returns, what is posted on any server is heard. */
    static Ear on(URI application, String channel) {
        Ear ear = new Ear(
                URI.create(application.resolve("ear/" + channel).toString().replaceFirst("^http", "ws")));
        ear.awaitHeard(READY);
        ear.heard.remove(READY);
        return ear;
    }

    /** All so far, in the order in which it came. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** What came so far from one server. */
    List<String> heardFrom(String node) {
        return heard.stream().filter(line -> line.startsWith(node + " ")).toList();
    }

    void awaitHeard(String line) {
        await(line).atMost(PATIENCE).until(() -> heard.contains(line));
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            heard.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
