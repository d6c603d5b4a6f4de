package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test is a client of the server, where an application runs without Redis. */
@ArquillianTest
class WebSocketTest {
    private static final int CONNECTS = 1_000;
    private static final int AT_ONCE = 50;

    private final String room = "room-" + UUID.randomUUID();

    @ArquillianResource
    URL url;

    private Remote server;

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.application("without-redis", "");
    }

    @BeforeEach
    void findTheServer() {
        server = Remote.of(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unscoped",
                "unscoped-without-close",
                "unscoped-without-session",
                "unscoped-without-both",
                "dependent",
                "dependent-without-close",
                "dependent-without-both",
                "application"
            })
    void aListenerLivesAsLongAsItsSocket(String endpoint) throws Exception {
        if (!ServerUnderTest.makesByCdi(endpoint)) {
            hasNoMessages(endpoint);
            return;
        }
        Client stays = Client.to(server.socket(endpoint + "/" + room));
        Client leaves = Client.to(server.socket(endpoint + "/" + room));
        RawClient breaks = new RawClient(server.socket(endpoint + "/" + room));
        RawClient vanishes = new RawClient(server.socket(endpoint + "/" + room));
        server.awaitListeners(room, 4);
        leaves.close();
        server.awaitListeners(room, 3);
        breaks.reset();
        server.awaitListeners(room, 2);
        vanishes.finish();
        server.awaitListeners(room, 1);
        server.post(room, "hello");
        await(() -> assertThat(server.heard(room).split(",")).containsOnlyOnce("hello"));
        stays.close();
        server.awaitListeners(room, 0);
        server.awaitSockets(0);
    }

    @Test
    void aListenerAddedInALaterCallbackLivesAsLongAsItsSocket() {
        Client client = Client.to(server.socket("late/" + room));
        client.send("listen");
        server.awaitListeners(room, 1);
        server.post(room, "hello");
        server.awaitHeard(room, "hello");
        client.close();
        server.awaitListeners(room, 0);
        server.awaitSockets(0);
    }

    @Test
    void aThousandConnectsLeaveNothingBehind() {
        List<String> endpoints =
                List.of(ServerUnderTest.PLAINEST, "dependent-without-both", "dependent", "application", "contexts");
        for (int done = 0; done < CONNECTS; done += AT_ONCE) {
            List<CompletableFuture<Client>> clients = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(Client.begin(server.socket(endpoints.get(i % endpoints.size()) + "/" + room)));
            }
            clients.forEach(client -> client.join().close());
        }
        server.awaitSockets(0);
        server.awaitListeners(room, 0);
        server.awaitChannels(0);
    }

    @Test
    void aSessionHasItsOwnBeansAndEachCallARequest() {
        Client client = Client.to(server.socket("contexts/" + room));
        server.awaitListeners(room, 1);
        client.send("hello");
        awaitLines(2);
        server.post(room, "hello");
        awaitLines(3);
        server.post(room + "-nested", "hello");
        awaitLines(4);
        Client other = Client.to(server.socket("contexts/" + room + "-other"));
        server.awaitListeners(room + "-other", 1);
        client.close();
        awaitLines(5);
        List<String[]> lines = Arrays.stream(server.heard(room).split(","))
                .map(line -> line.split(" "))
                .toList();
        String bean = lines.get(0)[1];
        assertThat(lines).extracting(line -> line[0]).containsExactly("open", "message", "listener", "nested", "close");
        assertThat(lines).extracting(line -> line[1]).containsOnly(bean);
        assertThat(lines).extracting(line -> line[2]).doesNotHaveDuplicates();
        assertThat(lines).extracting(line -> line[3]).containsOnly("same");
        assertThat(lines).extracting(line -> line[4]).containsOnly("transaction");
        assertThat(server.heard(room + "-other")).doesNotContain(bean + " ");
        other.close();
        server.awaitSockets(0);
        await(() -> assertThat(
                        Collections.frequency(List.of(server.heard("destroyed").split(",")), bean))
                .isEqualTo(1));
    }

    @Test
    void callbacksAndListenersOfASessionExcludeEachOther() {
        Client client = Client.to(server.socket("busy/" + room));
        server.awaitListeners(room, 1);
        CompletableFuture<Void> others =
                CompletableFuture.runAsync(() -> server.post(room, "from others", Reach.LOCAL, 100));
        IntStream.range(0, 100).forEach(i -> client.send("own"));
        others.join();
        client.awaitTexts(200);
        assertThat(client.texts()).containsOnly("listener", "callback").hasSize(200);
        assertThat(Collections.frequency(client.texts(), "listener")).isEqualTo(100);
        client.close();
        server.awaitSockets(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listening/servlet", "rest/resource"})
    void aListenerAddedInARequestLivesAsLongAsTheRequest(String path) {
        assertThat(server.get(path + "?channel=" + room)).isEqualTo("hello");
        server.awaitListeners(room, 0);
    }

    @Test
    void globalWithoutRedisSaysWhichPropertyEnablesIt() {
        assertThat(server.post(room, "hello", Reach.GLOBAL, 1))
                .contains("IllegalStateException")
                .contains("messages.redis.uri");
        assertThat(server.post(room, "hello", Reach.AUTO, 1)).isEqualTo("LOCAL");
    }

    /** What such an endpoint has instead of messages: {@code EndpointWarningTest} tests that it is warned of. */
    private void hasNoMessages(String endpoint) {
        Client client = Client.to(server.socket(endpoint + "/" + room));
        server.post(room, "hello");
        server.awaitListeners(room, 0);
        assertThat(server.heard(room)).doesNotContain("hello");
        client.close();
        server.awaitSockets(0);
    }

    private void awaitLines(int count) {
        await(() -> assertThat(server.heard(room).split(",")).as("%s", room).hasSize(count));
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }
}
