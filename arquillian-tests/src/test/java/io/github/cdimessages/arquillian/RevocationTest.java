package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.arquillian.logins.People;
import java.net.CookieManager;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users whom the server knows are locked out. */
@ArquillianTest
class RevocationTest {
    private static final int VIOLATED_POLICY = 1008;

    @ArquillianResource
    URL url;

    private Remote server;

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.application("logins", "").addPackage(People.class.getPackage());
    }

    @BeforeEach
    void findTheServer() {
        server = Remote.of(url);
    }

    @Test
    void aUsersSocketsCloseAndAnothersDoNotAndALaterLoginIsWelcome() throws Exception {
        Client alice = connect("alice");
        Client again = connect("alice");
        Client bob = connect("bob");

        assertThat(server.get("revoke?user=alice")).isEqualTo("LOCAL");

        assertThat(alice.awaitClose()).isEqualTo(VIOLATED_POLICY);
        assertThat(again.awaitClose()).isEqualTo(VIOLATED_POLICY);
        assertEchoes(bob);
        Client later = connect("alice");
        assertEchoes(later);
        bob.close();
        later.close();
    }

    @Test
    void aScopeThatAnEndpointNeedsClosesItAndAnotherDoesNot() throws Exception {
        Client carol = connect("carol");
        server.get("revoke?user=carol&scope=other");
        assertEchoes(carol);

        server.get("revoke?user=carol&scope=watcher");

        assertThat(carol.awaitClose()).isEqualTo(VIOLATED_POLICY);
    }

    @Test
    void anHttpSessionEndsAtItsNextRequest() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        session(browser);
        String before = session(browser);
        assertThat(session(browser)).isEqualTo(before).startsWith("dave ").doesNotEndWith("null");

        server.get("revoke?user=dave");

        assertThat(session(browser)).startsWith("dave ").isNotEqualTo(before).endsWith("null");
    }

    private String session(HttpClient browser) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.socket("session")
                        .resolve(server.socket("session").toString().replace("ws:", "http:")))
                .header("Authorization", basic("dave"))
                .build();
        return browser.send(request, BodyHandlers.ofString()).body();
    }

    private Client connect(String user) {
        Client client = Client.as(basic(user), server.socket("watched"));
        client.awaitTexts(1);
        assertThat(client.texts()).containsExactly(user);
        return client;
    }

    private static void assertEchoes(Client client) {
        client.send("still here");
        client.awaitTexts(2);
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + user).getBytes(UTF_8));
    }
}
