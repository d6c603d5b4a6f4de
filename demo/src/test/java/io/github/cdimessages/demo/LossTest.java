package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.ChatClient;
import io.github.cdimessages.demo.launcher.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page says when a part is lost; after the other tests, because a killed server stays dead. */
@Order(Integer.MAX_VALUE)
@TestMethodOrder(OrderAnnotation.class)
@ExtendWith(TwoServers.class)
class LossTest {
    private static final String LOST_BOB = ".event[data-what=lost][data-name=Bob]";

    @Test
    @Order(1)
    void thePageSaysThatRedisIsAwayAndGoesOnWhenItIsBack(Cluster cluster, Browsers browsers) throws Exception {
        try (Browser ada = browsers.open();
                Browser bob = browsers.open()) {
            ada.join(cluster.address("wildfly"), "outage", "Ada");
            bob.join(cluster.address("payara"), "outage", "Bob");

            cluster.stopRedis();
            ada.awaitLink("unlinked");
            assertThat(ada.one("#status").getText()).startsWith("Redis does not answer");

            cluster.startRedis();
            ada.awaitLink("open");
            bob.awaitLink("open");
            ada.say("We are back");
            assertThat(bob.awaitMessages("We are back")).hasSize(1);
            assertThat(ada.awaitPeople(people -> people.size() == 2)).containsExactly("Ada wildfly", "Bob payara");
        }
    }

    @Test
    @Order(2)
    void whoseLoginCannotBeCheckedIsToldWhyAndComesBack(Cluster cluster, Browsers browsers) throws Exception {
        try (Browser ada = browsers.open();
                Browser grace = browsers.open()) {
            ada.join(cluster.address("wildfly"), "unchecked", "Ada");
            grace.join(cluster.address("payara"), "unchecked", "Grace");
            grace.visit(cluster.address("payara").resolve("admin.html"));
            grace.awaitLink("open");

            cluster.stopRedis();
            ada.awaitLink("lost");
            grace.awaitLink("lost");
            for (Browser page : List.of(ada, grace)) {
                assertThat(page.one("#status").getText())
                        .startsWith("Redis is away for so long")
                        .contains("tries again by itself");
            }

            cluster.startRedis();
            ada.awaitLink("open");
            grace.awaitLink("open");
        }
    }

    @Test
    @Order(3)
    void thePeopleOfAKilledServerAreTakenOffTheList(Cluster cluster, Browsers browsers) throws Exception {
        try (Browser ada = browsers.open();
                ChatClient bob = ChatClient.enter(cluster.address("payara"), "loss", "Bob")) {
            ada.join(cluster.address("wildfly"), "loss", "Ada");
            ada.awaitPeople(people -> people.size() == 2);
            bob.say("last-words", "Still here");
            ada.awaitMessages("Still here");
            int before = ada.all(LOST_BOB).size(); // a busy machine may have kept its server silent for long

            cluster.kill("payara");

            assertThat(ada.awaitPeople(people -> people.size() == 1)).containsExactly("Ada wildfly");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ada.all(LOST_BOB)).hasSize(before + 1));
        }
    }
}
