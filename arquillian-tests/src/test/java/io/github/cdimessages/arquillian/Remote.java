package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The application under test as a client sees it. */
record Remote(URI base) {
    /**
     * By HTTP/1.1: Open Liberty 26.0.0.3 may end an HTTP/2 connection that has requests under way, and Payara Micro 6
     * reports no problem when it writes to an HTTP/2 stream that the client has reset.
     */
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Then a question is taken for lost, where the server may lose one. */
    private static final Duration LOST = Duration.ofSeconds(15);

    /** For all others: an undeployment takes its time. */
    private static final Duration MOST = Duration.ofMinutes(2);

    private static final int MOST_TIMES = 3;
    private static final Set<String> HARMLESS_AGAIN = Set.of("GET", "PUT", "DELETE");

    /** So says Payara where another request has got what this one's answer is written to. */
    private static final Pattern MIXED_UP = Pattern.compile("org\\.glassfish\\.grizzly\\S* has not been set"
            + "|Cannot invoke \\S*org\\.(glassfish\\.grizzly|apache\\.catalina)\\.");

    /**
     * By the loopback address: Payara Micro 6 tells an outer one, and looks up its name at each WebSocket handshake,
     * which takes long where there is no name server.
     */
    static Remote of(URL url) {
        return new Remote(URI.create("http://127.0.0.1:" + url.getPort() + url.getPath()));
    }

    /** Another application on the same server. */
    Remote sibling(String contextRoot) {
        return new Remote(base.resolve("/" + contextRoot + "/"));
    }

    URI socket(String path) {
        return URI.create("ws" + base.resolve(path).toString().substring("http".length()));
    }

    String get(String path) {
        return answer(HttpRequest.newBuilder(base.resolve(path)).build());
    }

    String send(String method, String path) {
        return answer(HttpRequest.newBuilder(base.resolve(path))
                .method(method, BodyPublishers.noBody())
                .build());
    }

    /** Posts notes; gives the reach of the last one, or the exception. */
    String post(String channel, String text, Reach reach, int count) {
        return answer(
                HttpRequest.newBuilder(base.resolve("probe?channel=" + channel + "&reach=" + reach + "&count=" + count))
                        .header("Content-Type", "text/plain;charset=UTF-8")
                        .POST(BodyPublishers.ofString(text))
                        .build());
    }

    String post(String channel, String text) {
        return post(channel, text, Reach.LOCAL, 1);
    }

    void awaitListeners(String channel, int count) {
        await("probe?of=listeners&channel=" + channel, String.valueOf(count));
    }

    void awaitSockets(int count) {
        await("probe?of=sockets", String.valueOf(count));
    }

    /** Of all channels, how many have a listener. */
    void awaitChannels(int count) {
        await("probe?of=channels", String.valueOf(count));
    }

    /** Which threads of the library there are, as the host application sees them. */
    void awaitThreads(String names) {
        await("host", names);
    }

    void awaitHeard(String where, String texts) {
        await("probe?of=heard&channel=" + where, texts);
    }

    String heard(String where) {
        return get("probe?of=heard&channel=" + where);
    }

    /** Asks, from now on, until the answer fits. */
    void await(String path, String answer) {
        Awaitility.await(path)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(get(path)).isEqualTo(answer));
    }

    /** Sends a request, and again if the server is known to lose it and that does no harm. */
    static HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException {
        boolean again = !ServerUnderTest.KEEPS_REQUESTS_APART && HARMLESS_AGAIN.contains(request.method());
        Duration most = again && request.method().equals("GET") ? LOST : MOST;
        for (int times = 1; again && times < MOST_TIMES; times++) {
            try {
                HttpResponse<String> response = sendOnce(client, request, most);
                if (!MIXED_UP.matcher(response.body()).find()) {
                    return response;
                }
                System.out.println(request + " is answered by " + response.body());
            } catch (IOException e) {
                System.out.println(e + ": " + e.getCause());
            }
        }
        return sendOnce(client, request, most);
    }

    /**
     * Sends a request and gives it up after a time. Not by the request's own time-out: in JDK 17, after a redirection,
     * that ends what has its connection by then.
     */
    static <T> CompletableFuture<HttpResponse<T>> begin(
            HttpClient client, HttpRequest request, BodyHandler<T> body, Duration most) {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        return answer.copy()
                .orTimeout(most.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((response, problem) -> answer.cancel(true)); // if there is none; its connection ends
    }

    private static HttpResponse<String> sendOnce(HttpClient client, HttpRequest request, Duration most)
            throws IOException {
        try {
            return begin(client, request, BodyHandlers.ofString(), most).get();
        } catch (ExecutionException e) {
            throw new IOException(request + " has no answer", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answer(HttpRequest request) {
        try {
            HttpResponse<String> response = send(CLIENT, request);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
