package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A WebSocket client that remembers what it has heard. */
final class Client implements WebSocket.Listener {
    // by RFC 6455 and its registry: what a server may close for
    static final int GOING_AWAY = 1001;
    static final int VIOLATED_POLICY = 1008;
    static final int TRY_AGAIN_LATER = 1013;

    private static final int NORMAL = 1000;

    // Mutable state: concurrent
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();

    // Mutable state: owned by the callbacks, which come one after the other
    private final StringBuilder partial = new StringBuilder();

    /** Set once, before anybody else gets this object. */
    private WebSocket socket;

    static Client to(URI uri) {
        return begin(uri).join();
    }

    static CompletableFuture<Client> begin(URI uri) {
        return begin(Remote.CLIENT.newWebSocketBuilder(), uri);
    }

    /** Connects with what the builder adds, such as a header. */
    static CompletableFuture<Client> begin(WebSocket.Builder builder, URI uri) {
        Client client = new Client();
        CompletableFuture<WebSocket> opening = builder.buildAsync(uri, client);
        return opening.copy()
                .orTimeout(30, TimeUnit.SECONDS)
                .whenComplete((open, problem) -> {
                    if (problem != null) {
                        CompletableFuture<Void> unused = opening.thenAccept(WebSocket::abort); // it comes too late
                    }
                })
                .thenApply(open -> {
                    client.socket = open;
                    return client;
                });
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void close() {
        socket.sendClose(NORMAL, "").join();
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    void awaitTexts(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts).hasSizeGreaterThanOrEqualTo(count));
    }

    /** Waits until an endpoint that echoes has done so. */
    void assertEchoes() {
        int before = texts.size();
        send("still here");
        awaitTexts(before + 1);
    }

    /** Waits until an endpoint that echoes has done so, or the server has closed for this reason. */
    void assertEchoesOrIsClosedBy(int code) {
        int before = texts.size();
        socket.sendText("still here", true); // which fails where it has been closed
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> texts.size() > before || closed.isDone());
        assertThat(closed.getNow(code)).isEqualTo(code);
        socket.abort();
    }

    /** Waits for the server's close frame and gives its code. */
    int awaitClose() throws Exception {
        return closed.get(30, TimeUnit.SECONDS);
    }

    /** Waits until the connection is of no use any more; what is sent while it is being closed may break it first. */
    void awaitEnd() throws Exception {
        closed.handle((code, problem) -> code).get(30, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    /** Waits until the server has sent so many pings; this client has answered those. */
    void awaitPings(int enough) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pings.get() >= enough);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
