package io.github.cdimessages.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.demo.launcher.Cluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What WildFly and Payara tell each other, both ways, through a real Redis. */
@ExtendWith(TwoServers.class)
class ExchangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MANY = 1000;
    private static final List<String> EVERYTHING =
            List.of("Order as it was", "Account as it was", "Circle as it was", "Drawing as it was");

    private static URI wildfly;
    private static URI payara;

    private final String channel = "channel-" + UUID.randomUUID();

    @BeforeAll
    static void awaitBoth(Cluster cluster) {
        wildfly = cluster.address("wildfly").resolve("/exchange/");
        payara = cluster.address("payara").resolve("/exchange/");
        for (URI each : List.of(wildfly, payara)) {
            // the servlet knows no GET: 405 is its own answer
            await().atMost(PATIENCE)
                    .until(() -> send(HttpRequest.newBuilder(each.resolve("post")))
                                    .join()
                                    .statusCode()
                            == 405);
        }
    }

    @Test
    void whatBothPostAtOnceIsHeardOnceAndInOneOrderOnBoth() {
        try (Ear onWildfly = Ear.on(wildfly, channel);
                Ear onPayara = Ear.on(payara, channel)) {
            CompletableFuture<String> fromWildfly = post(wildfly, "GLOBAL", "&ticks=" + MANY);
            CompletableFuture<String> fromPayara = post(payara, "GLOBAL", "&ticks=" + MANY);
            assertThat(fromWildfly.join().split(" ")).hasSize(MANY).containsOnly("GLOBAL");
            assertThat(fromPayara.join().split(" ")).hasSize(MANY).containsOnly("GLOBAL");
            post(wildfly, "GLOBAL", "").join();
            onWildfly.awaitHeard("Drawing as it was");
            onPayara.awaitHeard("Drawing as it was");

            assertThat(onPayara.heardFrom("wildfly")).isEqualTo(ticks("wildfly"));
            assertThat(onPayara.heardFrom("payara")).isEqualTo(ticks("payara"));
            assertThat(onPayara.heard()).hasSize(2 * MANY + EVERYTHING.size()).isEqualTo(onWildfly.heard());
        }
    }

    @Test
    void everyTypeArrivesAsItWas() {
        for (URI poster : List.of(wildfly, payara)) {
            try (Ear onWildfly = Ear.on(wildfly, channel);
                    Ear onPayara = Ear.on(payara, channel)) {
                post(poster, "GLOBAL", "").join();
                onWildfly.awaitHeard("Drawing as it was");
                onPayara.awaitHeard("Drawing as it was");

                assertThat(onWildfly.heard()).isEqualTo(EVERYTHING);
                assertThat(onPayara.heard()).isEqualTo(EVERYTHING);
            }
        }
    }

    @Test
    void theObserversOfBothHearWhatOnePosts() {
        for (URI poster : List.of(wildfly, payara)) {
            try (Ear answers = Ear.on(wildfly, "answers")) {
                post(poster, "orders", "GLOBAL", "").join();
                for (String node : List.of("wildfly", "payara")) {
                    answers.awaitHeard(node + ": Drawing as it was 1");
                }

                assertThat(answers.heard())
                        .containsExactlyInAnyOrder(
                                "wildfly: Order as it was 1",
                                "wildfly: Circle as it was 1",
                                "wildfly: Drawing as it was 1",
                                "payara: Order as it was 1",
                                "payara: Circle as it was 1",
                                "payara: Drawing as it was 1");
            }
        }
    }

    @Test
    void theReachSaysWhetherTheOtherServerHears() {
        try (Ear onWildfly = Ear.on(wildfly, channel);
                Ear onPayara = Ear.on(payara, channel)) {
            assertThat(post(wildfly, "LOCAL,AUTO,GLOBAL", "&ticks=3").join()).isEqualTo("LOCAL GLOBAL GLOBAL");
            assertThat(post(payara, "LOCAL,AUTO,GLOBAL", "&ticks=3").join()).isEqualTo("LOCAL GLOBAL GLOBAL");
            onWildfly.awaitHeard("payara 2");
            onPayara.awaitHeard("payara 2");

            assertThat(onWildfly.heard())
                    .containsExactlyInAnyOrder("wildfly 0", "wildfly 1", "wildfly 2", "payara 1", "payara 2");
            assertThat(onPayara.heard())
                    .containsExactlyInAnyOrder("wildfly 1", "wildfly 2", "payara 0", "payara 1", "payara 2");
        }
    }

    @Test
    void whileRedisIsAwayAutoStaysOnItsServerAndGlobalWaits(Cluster cluster) {
        try (Ear onWildfly = Ear.on(wildfly, channel);
                Ear onPayara = Ear.on(payara, channel)) {
            cluster.stopRedis();
            // now both have noticed, and no post is in doubt
            assertThat(post(wildfly, "AUTO", "&ticks=1").join()).isEqualTo("LOCAL");
            assertThat(post(payara, "AUTO", "&ticks=1").join()).isEqualTo("LOCAL");
            CompletableFuture<String> fromWildfly = post(wildfly, "LOCAL,GLOBAL,AUTO", "&ticks=3");
            CompletableFuture<String> fromPayara = post(payara, "LOCAL,GLOBAL,AUTO", "&ticks=3");
            onWildfly.awaitHeard("wildfly 2");
            onPayara.awaitHeard("payara 2");
            assertThat(onWildfly.heard()).containsExactly("wildfly 0", "wildfly 0", "wildfly 2");
            assertThat(onPayara.heard()).containsExactly("payara 0", "payara 0", "payara 2");

            cluster.startRedis();
            assertThat(fromWildfly.join()).isEqualTo("LOCAL GLOBAL LOCAL");
            assertThat(fromPayara.join()).isEqualTo("LOCAL GLOBAL LOCAL");
            for (Ear ear : List.of(onWildfly, onPayara)) {
                ear.awaitHeard("wildfly 1");
                ear.awaitHeard("payara 1");
            }
            post(payara, "GLOBAL", "").join();
            onWildfly.awaitHeard("Drawing as it was");
            onPayara.awaitHeard("Drawing as it was");

            assertThat(onWildfly.heardFrom("wildfly"))
                    .containsExactly("wildfly 0", "wildfly 0", "wildfly 2", "wildfly 1");
            assertThat(onWildfly.heardFrom("payara")).containsExactly("payara 1");
            assertThat(onPayara.heardFrom("payara")).containsExactly("payara 0", "payara 0", "payara 2", "payara 1");
            assertThat(onPayara.heardFrom("wildfly")).containsExactly("wildfly 1");
        }
    }

    private CompletableFuture<String> post(URI poster, String reaches, String more) {
        return post(poster, channel, reaches, more);
    }

    private static CompletableFuture<String> post(URI poster, String channel, String reaches, String more) {
        URI address = poster.resolve("post?channel=" + channel + "&reaches=" + reaches + more);
        return send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()))
                .thenApply(answer -> {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    return answer.body();
                });
    }

    private static CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static List<String> ticks(String node) {
        return IntStream.range(0, MANY).mapToObj(number -> node + " " + number).toList();
    }
}
