package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What applications that are gone have left in the server, as an application sees it that stays. */
record Leftovers(Remote host) {
    /** By HTTP/1.1, so that each request at the same time has a connection and a thread. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final int AT_ONCE = 64;

    /**
     * After that they have a rest: a managed one that is used lives on, with the code that was running when it was
     * made.
     */
    private static final Duration OCCUPYING = Duration.ofSeconds(30);

    /** Of applications that are gone: no thread, no object of their classes and no class loader. */
    void awaitNone() {
        List<Client> sockets = new ArrayList<>();
        long begun = System.nanoTime();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    if (System.nanoTime() - begun < OCCUPYING.toNanos()) {
                        sockets.addAll(occupyThreads());
                    }
                    assertThat(text()).isEmpty();
                });
        sockets.forEach(Client::close);
    }

    /** What {@link #awaitNone} waits for the end of. */
    String text() {
        return host.get("left");
    }

    /**
     * Lets what the server keeps of an application for the next one be of the host, and gives the sockets which that
     * takes. An idle thread keeps its last task; Payara 6 a request that became a WebSocket, until it is used for
     * another one, and in each managed thread, until it has been idle for a minute, the code that was running when it
     * was made.
     */
    List<Client> occupyThreads() {
        List<CompletableFuture<?>> requests = Stream.iterate("threads?of=managed", each -> "threads")
                .limit(AT_ONCE)
                .map(path -> HttpRequest.newBuilder(host.base().resolve(path))
                        .POST(BodyPublishers.noBody())
                        .build())
                .<CompletableFuture<?>>map(
                        request -> Remote.begin(HTTP, request, BodyHandlers.discarding(), Duration.ofSeconds(30)))
                .toList();
        List<CompletableFuture<Client>> sockets = Stream.generate(() -> Client.begin(host.socket("moment")))
                .limit(AT_ONCE)
                .toList();
        requests.forEach(Leftovers::awaitDone);
        sockets.forEach(Leftovers::awaitDone);
        return sockets.stream()
                .filter(socket -> !socket.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .toList();
    }

    /** What a server that is known for it has lost has not occupied a thread; another will. */
    private static void awaitDone(CompletableFuture<?> asked) {
        try {
            asked.join();
        } catch (CompletionException e) {
            if (ServerUnderTest.KEEPS_REQUESTS_APART) {
                throw e;
            }
        }
    }

    /** How many sockets the server has open, as the host application sees them. */
    int sockets() {
        return Integer.parseInt(host.get("left?of=sockets"));
    }
}
