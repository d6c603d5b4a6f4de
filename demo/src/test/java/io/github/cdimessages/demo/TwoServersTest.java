package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.ChatClient;
import io.github.cdimessages.demo.launcher.Cluster;
import io.github.cdimessages.demo.launcher.Login;
import java.net.URI;
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
                ChatClient grace = ChatClient.enter(wildfly, room, "Grace");
                ChatClient bob = ChatClient.enter(payara, room, "Bob")) {
            ada.say("from-a", "hello");
            bob.say("from-b", "hello");
            // what comes after on the same channel shows that nothing came twice
            await().atMost(PATIENCE).until(() -> bob.times("from-a") > 0 && ada.times("from-b") > 0);
            ada.say("last", "bye");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(new int[] {ada.times("last"), grace.times("last"), bob.times("last")})
                                    .containsExactly(1, 1, 1));
            assertThat(new int[] {ada.times("from-a"), grace.times("from-a"), bob.times("from-a")})
                    .containsExactly(1, 1, 1);
            assertThat(new int[] {ada.times("from-b"), grace.times("from-b"), bob.times("from-b")})
                    .containsExactly(1, 1, 1);
        }
    }

    @Test
    void aMessageStaysInItsRoom() {
        try (ChatClient ada = ChatClient.enter(wildfly, room, "Ada");
                ChatClient bob = ChatClient.enter(payara, room, "Bob");
                ChatClient grace = ChatClient.enter(payara, room + "-other", "Grace")) {
            ada.say("secret", "hello");
            await().atMost(PATIENCE).until(() -> bob.times("secret") == 1);
            grace.say("own", "hello");
            await().atMost(PATIENCE).until(() -> grace.times("own") == 1);

            assertThat(grace.times("secret")).isZero();
        }
    }

    @Test
    void anObserverOnTheOtherServerHearsOnce() {
        Login onWildfly = Login.as(wildfly, "Bob");
        Login onPayara = Login.as(payara, "Bob");
        try (ChatClient ada = ChatClient.enter(wildfly, room, "Ada")) {
            ada.say("said", "hello");
            await().atMost(PATIENCE).until(() -> happened(onPayara, "came") > 0);
        }
        await().atMost(PATIENCE).until(() -> happened(onPayara, "left") > 0 && happened(onWildfly, "left") > 0);

        assertThat(happened(onPayara, "came")).isOne();
        assertThat(happened(onPayara, "left")).isOne();
        assertThat(happened(onWildfly, "came")).isOne();
    }

    @Test
    void gracerybodySeesWhoIsHere() {
        try (ChatClient ada = ChatClient.enter(wildfly, room, "Ada")) {
            try (ChatClient bob = ChatClient.enter(payara, room, "Bob")) {
                await().atMost(PATIENCE).until(() -> ada.people().contains("\"Bob\""));
                await().atMost(PATIENCE).until(() -> bob.people().contains("\"Ada\""));
            }
            await().atMost(PATIENCE).until(() -> !ada.people().contains("\"Bob\""));
        }
    }

    private int happened(Login login, String what) {
        return (int) login.get("api/activity")
                .body()
                .lines()
                .flatMap(json -> Arrays.stream(json.split("}", -1)))
                .filter(event -> event.contains("\"" + room + "\"") && event.contains("\"" + what + "\""))
                .count();
    }
}
