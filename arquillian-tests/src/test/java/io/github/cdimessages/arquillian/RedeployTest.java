package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.logins.SessionServlet;
import io.github.cdimessages.arquillian.ways.Slow;
import java.net.URL;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications come and go while the server runs. */
@ArquillianTest
class RedeployTest {
    private static final String LATE = "late-redis";
    private static final String WITH = "with-redis";
    private static final String HELD_UP = "held-up";

    private static final RedisProcess LATE_REDIS = new RedisProcess(Integer.getInteger("late.redis.port"));

    @ArquillianResource
    @OperateOnDeployment("host")
    URL url;

    @ArquillianResource
    Deployer deployer;

    private Remote host;
    private Guests guests;

    @Deployment(name = "host", testable = false)
    static WebArchive host() {
        return ShrinkWrap.create(WebArchive.class).addPackage(HostServlet.class.getPackage());
    }

    @Deployment(name = WITH, managed = false, testable = false)
    static WebArchive withRedis() {
        return Wars.application(WITH, RedisProcess.shared().uri()).addClass(SessionServlet.class);
    }

    @Deployment(name = LATE, managed = false, testable = false)
    static WebArchive lateRedis() {
        return Wars.configured(LATE, "messages.redis.uri=" + LATE_REDIS.uri(), "messages.redis.post-timeout=30s");
    }

    @Deployment(name = HELD_UP, managed = false, testable = false)
    static WebArchive heldUp() {
        return Wars.application(HELD_UP, "").addPackage(Slow.class.getPackage());
    }

    @BeforeEach
    void findTheServer() {
        host = Remote.of(url);
        guests = new Guests(host, deployer);
    }

    @AfterEach
    void undeploy() {
        guests.undeployAll();
    }

    @AfterAll
    static void stopRedis() {
        LATE_REDIS.stop();
    }

    @Test
    void anUndeploymentClosesSocketsAndLeavesNothingBehind() throws Exception {
        String redis = RedisProcess.shared().uri();
        for (int round = 0; round < 2; round++) {
            Remote guest = guests.deploy(WITH, withRedis());
            Client withClose = Client.to(guest.socket(ServerUnderTest.PLAINEST + "/room"));
            // one whose callbacks never show the Session can't be closed by the library; Payara 6 leaves it open
            Client withoutClose = Client.to(guest.socket(ServerUnderTest.PLAINEST + "-without-close/room"));
            guest.awaitListeners("room", 2);
            assertThat(guest.post("room", "hello", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
            guest.awaitHeard("room", "hello,hello");
            assertThat(RawRedis.connections(redis)) // a third lives as long as the logs are read
                    .contains("cdi-messages-publisher", "cdi-messages-subscriber");
            assertThat(host.get("host")).contains("cdi-messages-redis-subscriber");
            guests.undeploy(WITH);
            assertThat(withClose.awaitClose()).isEqualTo(Client.GOING_AWAY);
            assertThat(withoutClose.awaitClose()).isEqualTo(Client.GOING_AWAY);
            host.awaitThreads("");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(RawRedis.connections(redis)).isEmpty());
        }
    }

    /** If the library had not closed them, WildFly 39 would by 1008, and Payara Server 6 the last one by 1000. */
    @Test
    void theSocketsOfAnHttpSessionHearThatTheApplicationEnds() throws Exception {
        Remote guest = guests.deploy(WITH, withRedis());
        Visitor browser = Visitor.withCookies();
        assertThat(browser.get(guest, "session").statusCode()).isEqualTo(200);
        Client first =
                browser.connecting(guest, ServerUnderTest.PLAINEST + "/room").join();
        Client last =
                browser.connecting(guest, ServerUnderTest.PLAINEST + "/room").join();
        guest.awaitListeners("room", 2);
        guests.undeploy(WITH);
        assertThat(first.awaitClose()).isEqualTo(Client.GOING_AWAY);
        assertThat(last.awaitClose()).isEqualTo(Client.GOING_AWAY);
    }

    /** On Payara 6 and 7, the EJB that keeps the link to Redis ends before the sessions do. */
    @Test
    void whatASessionPostsWhenAnUndeploymentClosesItReachesOtherServers() throws Exception {
        Remote guest = guests.deploy(WITH, withRedis());
        try (RawSubscription farewells =
                new RawSubscription(RedisProcess.shared().uri(), "room")) {
            Client.to(guest.socket("farewell/room"));
            Client.to(guest.socket("farewell/room"));
            guest.awaitListeners("room", 2);
            guests.undeploy(WITH);
            farewells.await(posts -> posts.hasSize(2).allMatch(post -> post.contains("farewell")));
        }
    }

    /** A listener and a stream wait in the middle of a message for clients that take nothing. */
    @Test
    void aWriteThatAClientHoldsUpEndsWithTheApplication() throws Exception {
        Remote guest = guests.deploy(HELD_UP, heldUp());
        RawClient one = new RawClient(guest.socket("sending/room"));
        RawClient other = new RawClient(guest.socket("streaming/room"));
        guest.awaitListeners("room", 2);
        guest.post("room", "x".repeat(100_000), Reach.LOCAL, 150);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(host.get("host")).contains("Slow$Sending.", "Slow$Streaming."));
        guests.undeploy(HELD_UP);
        host.awaitThreads("");
        one.reset();
        other.reset();
    }

    @Test
    void anEndpointThatAsksForItsFilesAtTheEndDoesNotHoldUpTheUndeployment() throws Exception {
        Remote guest = guests.deploy(HELD_UP, heldUp());
        Client client = Client.to(guest.socket("at-home"));
        client.awaitTexts(1);
        guests.undeploy(HELD_UP);
        assertThat(client.awaitClose()).isEqualTo(Client.GOING_AWAY);
        host.awaitThreads("");
    }

    @Test
    void anApplicationThatStartsWithoutItsRedisBecomesGlobalOnceThatIsUp() {
        Remote guest = guests.deploy(LATE, lateRedis());
        Client client = Client.to(guest.socket(ServerUnderTest.PLAINEST + "/room"));
        guest.awaitListeners("room", 1);
        assertThat(guest.post("room", "local", Reach.LOCAL, 1)).isEqualTo("LOCAL");
        assertThat(guest.post("room", "auto", Reach.AUTO, 1)).isEqualTo("LOCAL");
        guest.awaitHeard("room", "local,auto");
        LATE_REDIS.start();
        assertThat(guest.post("room", "global", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        guest.awaitHeard("room", "local,auto,global");
        client.close();
        guest.awaitListeners("room", 0);
        guests.undeploy(LATE);
        host.awaitThreads("");
    }
}
