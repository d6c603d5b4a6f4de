package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.CannotStart;
import io.github.cdimessages.demo.launcher.ChatClient;
import io.github.cdimessages.demo.launcher.Cluster;
import io.github.cdimessages.demo.launcher.Login;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TwoServers.class)
class LoginTest {
    private static final int VIOLATED_POLICY = 1008;

    @ParameterizedTest
    @ValueSource(strings = {"wildfly", "payara"})
    void whoHasNotLoggedInGetsTheLoginAndNothingElse(String node, Cluster cluster) {
        Login nobody = Login.none(cluster.address(node));

        for (String path : new String[] {"", "chat.js", "api/activity", "admin.html", "chat/lobby"}) {
            assertThat(Login.isForm(nobody.get(path))).as(path).isTrue();
        }
        assertThat(nobody.get("").headers().firstValue("Cache-Control").orElse(""))
                .contains("no-store");
        assertThat(nobody.get("api/login").statusCode()).isEqualTo(401);
        assertThatThrownBy(() -> nobody.connect("chat/lobby")).hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wildfly", "payara"})
    void aWrongPasswordIsSaid(String node, Cluster cluster) {
        URI page = cluster.address(node);

        HttpResponse<String> answer = Login.none(page).submit("Ada", "bob");

        assertThat(Login.isForm(answer)).isTrue();
        assertThat(answer.uri()).hasQuery("again");
        assertThatThrownBy(() -> Login.as(page, "Mallory")).isInstanceOf(CannotStart.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wildfly", "payara"})
    void aLoginHasNotTheSessionOfBefore(String node, Cluster cluster) {
        Login ada = Login.none(cluster.address(node));
        ada.get("");
        String before = ada.session();

        ada.submit("Ada", "ada");

        assertThat(ada.get("api/login").statusCode()).isEqualTo(200);
        assertThat(ada.session()).contains("chat-" + node).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wildfly", "payara"})
    void onlyAnAdministratorComesToTheLogins(String node, Cluster cluster) {
        Login bob = Login.as(cluster.address(node), "bob");
        Login grace = Login.as(cluster.address(node), "grace");

        assertThat(bob.get("api/login").body()).contains("\"Bob\"", "false");
        assertThat(bob.get("admin.html").statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> bob.connect("admin/logins")).hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(grace.get("api/login").body()).contains("\"Grace\"", "true");
        assertThat(grace.get("admin.html").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wildfly", "payara"})
    void whoLogsOutIsOutAndSoIsWhatTheLoginHasOpened(String node, Cluster cluster) {
        Login bob = Login.as(cluster.address(node), "Bob");
        try (ChatClient window = ChatClient.enter(bob, "lobby");
                ChatClient other = ChatClient.enter(cluster.address(node), "lobby", "Bob")) {

            bob.end();

            assertThat(Login.isForm(bob.get(""))).isTrue();
            await().atMost(Duration.ofSeconds(30)).until(window::closedWith, code -> code == VIOLATED_POLICY);
            assertThat(other.closedWith()).isZero();
        }
    }
}
