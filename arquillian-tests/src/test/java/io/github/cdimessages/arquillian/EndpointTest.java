package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.ways.Diary;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test is a client of an application that pings every four seconds and closes who lets 200 messages wait. */
@ArquillianTest
class EndpointTest {
    private final String room = "room-" + UUID.randomUUID();

    @ArquillianResource
    URL url;

    private Remote server;

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.application()
                .addPackage(Diary.class.getPackage())
                .addPackage(HostServlet.class.getPackage())
                .addAsResource(new StringAsset("""
                                config_ordinal=500
                                messages.redis.uri=\\u0020
                                messages.websocket.ping=4s
                                messages.inbox.capacity=200
                                messages.inbox.overflow=CLOSE_SESSION
                                """), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void findTheServer() {
        server = Remote.of(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"configured", "configured-careless", "added", "added-careless"})
    void anEndpointWithoutAnnotationsListensAsLongAsItsSocket(String endpoint) throws Exception {
        Client client = Client.to(server.socket(endpoint + "/" + room));
        server.awaitListeners(room, 1);
        client.send("hello");
        awaitLines(room, 2);
        server.post(room, "hello");
        awaitLines(room, 3);
        RawClient breaks = new RawClient(server.socket(endpoint + "/" + room));
        RawClient vanishes = new RawClient(server.socket(endpoint + "/" + room));
        server.awaitListeners(room, 3);
        breaks.reset();
        vanishes.finish();
        server.awaitListeners(room, 1);
        client.close();
        server.awaitListeners(room, 0);
        server.awaitSockets(0);
        // WildFly 39 tells of a broken connection on a thread that does not know the application
        awaitLines(room, endpoint.endsWith("careless") ? 5 : 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"configured", "added"})
    void whatIsRunForASessionHasItsBeansAndEachRunARequest(String endpoint) {
        Client client = Client.to(server.socket(endpoint + "/" + room));
        server.awaitListeners(room, 1);
        client.send("hello");
        awaitLines(room, 2);
        server.post(room, "hello");
        awaitLines(room, 3);
        client.close();
        awaitLines(room, 4);
        List<String[]> lines = lines(room).map(line -> line.split(" ")).toList();
        String bean = lines.get(0)[1];
        assertThat(lines).extracting(line -> line[0]).containsExactly("open", "message", "listener", "close");
        assertThat(lines).extracting(line -> line[1]).containsOnly(bean);
        assertThat(lines).extracting(line -> line[2]).doesNotHaveDuplicates();
        assertThat(lines).extracting(line -> line[3]).containsOnly("same");
        assertThat(lines).extracting(line -> line[4]).containsOnly("transaction");
        server.awaitSockets(0);
        await(() -> assertThat(lines("destroyed").filter(bean::equals)).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"configured-busy", "added-busy"})
    void messageHandlersAndListenersOfASessionExcludeEachOther(String endpoint) {
        Client client = Client.to(server.socket(endpoint + "/" + room));
        server.awaitListeners(room, 1);
        CompletableFuture<Void> others =
                CompletableFuture.runAsync(() -> server.post(room, "from others", Reach.LOCAL, 100));
        IntStream.range(0, 100).forEach(i -> client.send("own"));
        others.join();
        client.awaitTexts(200);
        assertThat(client.texts()).containsOnly("listener", "callback").hasSize(200);
        assertThat(Collections.frequency(client.texts(), "listener")).isEqualTo(100);
        client.close();
        server.awaitListeners(room, 0);
    }

    @Test
    void aClientThatAnswersPingsStaysAndTheApplicationsOwnPongsArrive() {
        List<String> endpoints = List.of("sending", "pongs", "configured-pongs");
        List<Client> clients = endpoints.stream()
                .map(endpoint -> Client.to(server.socket(endpoint + "/" + room)))
                .toList();
        server.awaitListeners(room, 3);
        clients.forEach(client -> client.awaitPings(3));
        server.post(room, "still here");
        clients.forEach(client -> client.awaitTexts(1));
        await(() -> assertThat(lines(room).filter("own"::equals)).hasSize(2));
        clients.forEach(Client::close);
        server.awaitListeners(room, 0);
    }

    @Test
    void aClientThatDoesNotAnswerPingsIsClosed() throws Exception {
        List<RawClient> silent = new ArrayList<>();
        for (String endpoint : List.of("sending", "configured", "pongs")) {
            silent.add(new RawClient(server.socket(endpoint + "/" + room)));
        }
        server.awaitListeners(room, 3);
        server.awaitListeners(room, 0);
        for (RawClient client : silent) {
            client.awaitEnd();
        }
        server.awaitSockets(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sending", "streaming"})
    void aClientThatReadsNothingIsClosedAndHoldsUpNobody(String endpoint) throws Exception {
        Client stays = Client.to(server.socket("sending/" + room));
        RawClient silent = new RawClient(server.socket(endpoint + "/" + room + "-silent"));
        server.awaitListeners(room + "-silent", 1);
        server.post(room + "-silent", "x".repeat(100_000), Reach.LOCAL, 150);
        server.awaitListeners(room + "-silent", 0);
        server.post(room, "hello");
        stays.awaitTexts(1);
        silent.reset();
        await(() -> assertThat(server.get("host")).doesNotContain("Slow$"));
        stays.close();
        server.awaitListeners(room, 0);
        server.awaitSockets(0);
    }

    @Test
    void aSocketThatDoesNotKeepUpIsClosedAndItsDropsAreCounted() throws Exception {
        Client slow = Client.to(server.socket("slow/" + room));
        Client fast = Client.to(server.socket("sending/" + room));
        server.awaitListeners(room, 2);
        server.post(room, "first");
        server.awaitHeard("stuck-in-" + room, "first");
        server.post(room, "next", Reach.LOCAL, 100);
        fast.awaitTexts(101);
        server.post(room, "next", Reach.LOCAL, 100);
        fast.awaitTexts(201);
        assertThat(server.heard("dropped-in-" + room)).isEmpty();
        server.post(room, "one too many");
        if (!ServerUnderTest.CLOSES_WHILE_A_CALLBACK_WAITS) {
            await(() -> assertThat(dropped(room)).isGreaterThanOrEqualTo(201));
            server.get("open-gate?room=" + room);
        }
        assertThat(slow.awaitClose()).isEqualTo(Client.TRY_AGAIN_LATER);
        await(() -> assertThat(dropped(room)).isGreaterThanOrEqualTo(201));
        server.awaitListeners(room, 1);
        server.post(room, "last");
        fast.awaitTexts(203);
        server.get("open-gate?room=" + room);
        server.awaitHeard("closed-in-" + room, "closed");
        assertThat(server.heard("stuck-in-" + room)).isEqualTo("first");
        assertThat(dropped(room)).isEqualTo(201);
        fast.close();
        server.awaitListeners(room, 0);
        server.awaitSockets(0);
    }

    @Test
    void aStreamIsSentToASocketAsLongAsThatIsOpen() {
        Client client = Client.to(server.socket("streaming/" + room));
        server.awaitListeners(room, 1);
        IntStream.range(0, 20).forEach(i -> server.post(room, "text " + i));
        client.awaitTexts(20);
        assertThat(client.texts())
                .containsExactly(
                        IntStream.range(0, 20).mapToObj(i -> "text " + i).toArray(String[]::new));
        client.close();
        server.awaitListeners(room, 0);
        server.awaitSockets(0);
    }

    private void awaitLines(String where, int count) {
        await(() -> assertThat(lines(where)).as(where).hasSize(count));
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private int dropped(String where) {
        return lines("dropped-in-" + where)
                .filter(number -> !number.isEmpty())
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private Stream<String> lines(String where) {
        return Arrays.stream(server.heard(where).split(","));
    }
}
