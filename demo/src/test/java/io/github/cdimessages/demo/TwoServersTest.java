package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.ChatClient;
import io.github.cdimessages.demo.launcher.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoServers.class)
class TwoServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static URI wildfly;
    private static URI payara;

    private final String room = "room-" + UUID.randomUUID();

    @BeforeAll
    static void addresses(Cluster cluster) {
        wildfly = cluster.address("wildfly");
        payara = cluster.address("payara");
    }

    @Test
    void aMessageReachesEveryListenerOnBothServersOnce() {
        try (ChatClient ada = ChatClient.enter(wildfly, room, "Ada");
                ChatClient cyd = ChatClient.enter(wildfly, room, "Cyd");
                ChatClient bob = ChatClient.enter(payara, room, "Bob")) {
            ada.say("from-a", "hello");
            bob.say("from-b", "hello");
            // what comes after on the same channel shows that nothing came twice
            await().atMost(PATIENCE).until(() -> bob.times("from-a") > 0 && ada.times("from-b") > 0);
            ada.say("last", "bye");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(new int[] {ada.times("last"), cyd.times("last"), bob.times("last")})
                            .containsExactly(1, 1, 1));
            assertThat(new int[] {ada.times("from-a"), cyd.times("from-a"), bob.times("from-a")})
                    .containsExactly(1, 1, 1);
            assertThat(new int[] {ada.times("from-b"), cyd.times("from-b"), bob.times("from-b")})
                    .containsExactly(1, 1, 1);
        }
    }

    @Test
    void aMessageStaysInItsRoom() {
        try (ChatClient ada = ChatClient.enter(wildfly, room, "Ada");
                ChatClient bob = ChatClient.enter(payara, room, "Bob");
                ChatClient eve = ChatClient.enter(payara, room + "-other", "Eve")) {
            ada.say("secret", "hello");
            await().atMost(PATIENCE).until(() -> bob.times("secret") == 1);
            eve.say("own", "hello");
            await().atMost(PATIENCE).until(() -> eve.times("own") == 1);

            assertThat(eve.times("secret")).isZero();
        }
    }

    @Test
    void anObserverOnTheOtherServerHearsOnce() throws Exception {
        String name = "Ada-" + UUID.randomUUID();
        try (ChatClient ada = ChatClient.enter(wildfly, room, name)) {
            ada.say("said", "hello");
            await().atMost(PATIENCE).until(() -> activity(payara).contains(name));
        }
        await().atMost(PATIENCE).until(() -> happened(payara, "left", name) > 0 && happened(wildfly, "left", name) > 0);

        assertThat(happened(payara, "came", name)).isOne();
        assertThat(happened(payara, "left", name)).isOne();
        assertThat(happened(wildfly, "came", name)).isOne();
    }

    @Test
    void everybodySeesWhoIsHere() {
        try (ChatClient ada = ChatClient.enter(wildfly, room, "Ada")) {
            try (ChatClient bob = ChatClient.enter(payara, room, "Bob")) {
                await().atMost(PATIENCE).until(() -> ada.people().contains("\"Bob\""));
                await().atMost(PATIENCE).until(() -> bob.people().contains("\"Ada\""));
            }
            await().atMost(PATIENCE).until(() -> !ada.people().contains("\"Bob\""));
        }
    }

    private static int happened(URI page, String what, String name) throws IOException, InterruptedException {
        return (int) activity(page)
                .lines()
                .flatMap(json -> Arrays.stream(json.split("}", -1)))
                .filter(event -> event.contains("\"" + name + "\"") && event.contains("\"" + what + "\""))
                .count();
    }

    private static String activity(URI page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page.resolve("api/activity")).build(), BodyHandlers.ofString())
                .body();
    }
}
