package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

@ExtendWith(TwoServers.class)
class ChatPageTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final String room = "room-" + UUID.randomUUID().toString().substring(0, 8);

    private Browser ada;
    private Browser bob;
    private Wire wire;

    @BeforeEach
    void openBothPages(Cluster cluster, Browsers browsers) throws Exception {
        ada = browsers.open();
        bob = browsers.open();
        wire = new Wire(cluster.address("payara"));
        ada.join(cluster.address("wildfly"), room, "Ada");
        bob.join(wire.address(), room, "Bob");
    }

    @AfterEach
    void closeBothPages() throws Exception {
        for (AutoCloseable open : new AutoCloseable[] {ada, bob, wire}) {
            if (open != null) {
                open.close();
            }
        }
    }

    @Test
    void whatAPersonTypesIsReadOnceOnTheOtherServersPage() {
        ada.say("Hello over there");
        assertReadOnce(bob, "Hello over there", "Ada", "wildfly");

        bob.say("Hello back");
        assertReadOnce(ada, "Hello back", "Bob", "payara");

        assertReadOnce(ada, "Hello over there", "Ada", "wildfly");
        assertReadOnce(bob, "Hello back", "Bob", "payara");
    }

    @Test
    void bothPagesShowWhoIsHereAndWhoLeft() {
        assertThat(ada.awaitPeople(people -> people.size() == 2)).containsExactly("Ada wildfly", "Bob payara");
        assertThat(bob.awaitPeople(people -> people.size() == 2)).containsExactly("Ada wildfly", "Bob payara");

        bob.close();
        bob = null;

        assertThat(ada.awaitPeople(people -> people.size() == 1)).containsExactly("Ada wildfly");
    }

    @Test
    void aLostConnectionIsSaidAndComesBackByItself() throws Exception {
        wire.cut();
        bob.awaitLink("lost");
        assertThat(bob.one("#status").getText()).contains("connection to this server is lost");
        bob.say("into the void");
        assertThat(bob.one(".message[data-state=failed] .failure").getText()).startsWith("Not delivered.");

        wire.mend();
        bob.awaitLink("open");
        assertThat(bob.one("#status").getText()).isEmpty();
        bob.one(".message[data-state=failed] button").click();

        assertReadOnce(ada, "into the void", "Bob", "payara");
        assertReadOnce(bob, "into the void", "Bob", "payara");
    }

    @Test
    void markupInAMessageStaysText() {
        String markup = "<img src=x onerror=\"document.title='injected'\"><b>bold</b>";
        ada.say(markup);

        assertReadOnce(bob, markup, "Ada", "wildfly");
        assertThat(bob.all("#log img, #log b")).isEmpty();
        assertThat(bob.run("return document.title")).isEqualTo("#" + room + " · Chat");
    }

    @Test
    void thePageFitsEveryWidthAndLight() throws Exception {
        List<String> talk = List.of(
                "Good morning from the first server.",
                "Morning! I read you on the second one.",
                "And this is a longer thought, to see how a few lines of text sit in one bubble when somebody has more"
                        + " to say than hello.",
                "Nice. https://example.org/a/rather/long/address/that/has/no/spaces/in/it/at/all/and/still/fits");
        for (int i = 0; i < talk.size(); i++) {
            (i % 2 == 0 ? ada : bob).say(talk.get(i));
            ada.awaitMessages(talk.get(i));
        }
        ada.say("And one more.");
        ada.awaitMessages("And one more.");
        ada.awaitPeople(people -> people.size() == 2);

        ada.look(1280, 860, false, "light", PICTURES.resolve("desktop-light.png"));
        assertFits(1280, 860);
        ada.look(1280, 860, false, "dark", PICTURES.resolve("desktop-dark.png"));
        ada.look(375, 740, true, "light", PICTURES.resolve("phone-light.png"));
        assertFits(375, 740);
        ada.look(320, 560, true, "dark", PICTURES.resolve("smallest-dark.png"));
        assertFits(320, 560);
        ada.one("#side-toggle").click();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ada.one("#side").getRect().getX() == 0);
        ada.look(375, 740, true, "dark", PICTURES.resolve("phone-side-dark.png"));
    }

    /** The page takes up the whole window, and there is nothing to scroll but the messages. */
    private void assertFits(int width, int height) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(ada.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
            assertThat(ada.run("return document.documentElement.scrollHeight")).isEqualTo((long) height);
            assertThat(ada.run("return document.querySelector('main').getBoundingClientRect().bottom"))
                    .isEqualTo((long) height);
        });
    }

    private static void assertReadOnce(Browser reader, String text, String author, String node) {
        reader.awaitMessages(text);
        List<WebElement> shown = reader.messages(text);
        assertThat(shown).hasSize(1);
        WebElement message = shown.get(0);
        assertThat(message.getDomAttribute("data-name")).isEqualTo(author);
        assertThat(message.findElement(By.className("node")).getText()).isEqualTo(node);
        assertThat(message.findElement(By.className("time")).getText()).matches("\\d+ ms");
    }
}
