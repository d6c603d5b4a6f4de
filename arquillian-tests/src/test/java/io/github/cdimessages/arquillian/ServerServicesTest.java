package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.arquillian.ways.PosterServlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server does besides WebSockets: it lends threads, knows its users, and sends events. */
@ArquillianTest
@Timeout(120)
class ServerServicesTest {
    private final String channel = "channel-" + UUID.randomUUID();

    @ArquillianResource
    URL url;

    private Remote server;

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.application()
                .addPackage(PosterServlet.class.getPackage())
                .addAsResource(
                        new StringAsset("config_ordinal=500\nmessages.redis.uri=\\u0020\nmessages.executor="
                                + PosterServlet.EXECUTOR + "\n"),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void findTheServer() {
        server = Remote.of(url);
    }

    @Test
    void aListenerRunsWhereTheConfigurationSaysAndKnowsTheApplicationButNoCaller() throws Exception {
        String[] found = asAlice("poster").split("\n");
        Map<String, String> request = parsed(found[0]);
        Map<String, String> task = parsed(found[1]);
        Map<String, String> listener = parsed(found[2]);
        assertThat(request).containsEntry("caller", "alice").containsEntry("caller of an EJB", "alice");
        assertThat(listener)
                .containsEntry("caller", "anonymous")
                .containsEntry("role", "false")
                .containsEntry("managed", task.get("managed")) // Open Liberty 26.0.0.3 marks no thread as such
                .containsEntry("component", "true")
                .containsEntry("bean", "found")
                .containsEntry("loader", "true")
                .containsEntry("module", request.get("module"))
                .containsEntry("pool", task.get("pool"));
        assertThat(listener.get("caller of an EJB")) // nobody: as most servers say it, Payara, and Open Liberty
                .isIn("anonymous", "ANONYMOUS", "UNAUTHENTICATED");
    }

    @Test
    void serverSentEventsComeAsLongAsTheClientStays() throws Exception {
        CompletableFuture<HttpResponse<InputStream>> staying = events();
        CompletableFuture<HttpResponse<InputStream>> leaving = events();
        server.awaitListeners(channel, 2);
        server.post(channel, "text 0");
        InputStream stays = staying.get(30, TimeUnit.SECONDS).body(); // Open Liberty answers with the first event
        BufferedReader lines = new BufferedReader(new InputStreamReader(stays, UTF_8));
        assertThat(nextEvent(lines)).isEqualTo("text 0");
        for (int i = 1; i < 5; i++) {
            server.post(channel, "text " + i);
            assertThat(nextEvent(lines)).isEqualTo("text " + i);
        }
        leaving.get(30, TimeUnit.SECONDS).body().close();
        postUntilListeners(1);
        server.post(channel, "last");
        String event = nextEvent(lines);
        while (event.equals("anybody there?")) {
            event = nextEvent(lines);
        }
        assertThat(event).isEqualTo("last");
        stays.close();
        postUntilListeners(0);
    }

    private CompletableFuture<HttpResponse<InputStream>> events() {
        return Remote.CLIENT.sendAsync(
                HttpRequest.newBuilder(server.base().resolve("rest/events?channel=" + channel))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
    }

    /** A server notices that a client has left when it writes to it. */
    private void postUntilListeners(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            server.post(channel, "anybody there?");
            assertThat(server.get("probe?of=listeners&channel=" + channel)).isEqualTo(String.valueOf(count));
        });
    }

    private static String nextEvent(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (!line.startsWith("data:")) {
            line = lines.readLine();
        }
        return line.substring("data:".length()).strip();
    }

    private String asAlice(String path) throws IOException {
        String credentials = Base64.getEncoder().encodeToString("alice:wonderland".getBytes(UTF_8));
        HttpResponse<String> response = Remote.send(
                Remote.CLIENT,
                HttpRequest.newBuilder(server.base().resolve(path))
                        .header("Authorization", "Basic " + credentials)
                        .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static Map<String, String> parsed(String line) {
        Map<String, String> found = new HashMap<>();
        for (String pair :
                line.substring(line.indexOf('{') + 1, line.lastIndexOf('}')).split(", ")) {
            found.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return found;
    }
}
