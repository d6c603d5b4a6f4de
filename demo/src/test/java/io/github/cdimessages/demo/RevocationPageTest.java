package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.ChatClient;
import io.github.cdimessages.demo.launcher.Cluster;
import io.github.cdimessages.demo.launcher.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

@ExtendWith(TwoServers.class)
class RevocationPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int VIOLATED_POLICY = 1008;
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final String room = "room-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void anAdministratorClosesAPersonsPagesOnBothServersAndNobodyElses(Cluster cluster, Browsers browsers)
            throws Exception {
        Login request = Login.as(cluster.address("payara"), "Ada");
        try (Browser grace = browsers.open();
                Browser ada = browsers.open();
                ChatClient near = ChatClient.enter(cluster.address("wildfly"), room, "Ada");
                ChatClient bob = ChatClient.enter(cluster.address("payara"), room, "Bob")) {
            ada.visit(cluster.address("payara").resolve("#" + room));
            ada.awaitOne("#name");
            ada.look(1280, 860, false, "light", PICTURES.resolve("login.png"));
            ada.logIn("Ada");
            ada.awaitLink("open");
            grace.visit(cluster.address("wildfly").resolve("admin.html"));
            grace.logIn("Grace");
            await().atMost(PATIENCE).ignoreExceptions().until(() -> places(grace.one("tr[data-name=Ada]")) == 2);
            grace.look(1280, 860, false, "light", PICTURES.resolve("logins.png"));

            await().atMost(PATIENCE) // the list is drawn anew every three seconds
                    .ignoreExceptionsInstanceOf(StaleElementReferenceException.class)
                    .untilAsserted(() -> grace.one("tr[data-name=Ada] button").click());

            assertThat(ada.awaitOne("#logged-out").getText()).contains("Your login was revoked", "administrator");
            ada.look(1280, 860, false, "light", PICTURES.resolve("logged-out.png"));
            await().atMost(PATIENCE).until(near::closedWith, code -> code == VIOLATED_POLICY);
            await().atMost(PATIENCE)
                    .until(() -> grace.one("#status").getText(), "Ada was logged out on all servers."::equals);
            await().atMost(PATIENCE).until(() -> grace.all("tr[data-name=Ada]").isEmpty());
            await().atMost(PATIENCE).until(() -> grace.all("tr[data-name=Bob]").size() == 1);
            grace.look(375, 740, true, "dark", PICTURES.resolve("logins-phone-dark.png"));
            assertThat(Login.isForm(request.get(""))).isTrue();

            ada.one("#logged-out button").click();
            ada.logIn("Ada");
            ada.awaitLink("open");
            ada.say("Here I am again");
            ada.awaitMessages("Here I am again");
            assertThat(bob.closedWith()).isZero();
        }
    }

    private static int places(WebElement line) {
        return line.findElements(By.tagName("li")).size();
    }
}
