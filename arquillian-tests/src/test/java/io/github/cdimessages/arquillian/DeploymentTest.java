package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.failing.FailingStart;
import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.plain.PlainEndpoint;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each war with the library that a user may build, and several of them on one server. */
@ArquillianTest
class DeploymentTest {
    private static final String ALL = "all-beans";
    private static final String WITHOUT = "without-beans-xml";
    private static final String NONE = "no-beans";
    private static final String FAILING = "failing";
    private static final String LEFT = "left";
    private static final String RIGHT = "right";

    @ArquillianResource
    @OperateOnDeployment("host")
    URL url;

    @ArquillianResource
    Deployer deployer;

    private Guests guests;

    @Deployment(name = "host", testable = false)
    static WebArchive host() {
        RedisProcess.shared();
        return ShrinkWrap.create(WebArchive.class).addPackage(HostServlet.class.getPackage());
    }

    @Deployment(name = ALL, managed = false, testable = false)
    static WebArchive all() {
        return Wars.discovering("all", ALL);
    }

    @Deployment(name = WITHOUT, managed = false, testable = false)
    static WebArchive without() {
        return Wars.discovering("", WITHOUT);
    }

    @Deployment(name = NONE, managed = false, testable = false)
    static WebArchive none() {
        return Wars.withoutBeans(NONE);
    }

    @Deployment(name = FAILING, managed = false, testable = false)
    static WebArchive failing() {
        return Wars.discovering("annotated", FAILING).addPackage(FailingStart.class.getPackage());
    }

    @Deployment(name = LEFT, managed = false, testable = false)
    static WebArchive left() {
        return Wars.configured(LEFT, "messages.redis.prefix=" + LEFT);
    }

    @Deployment(name = RIGHT, managed = false, testable = false)
    static WebArchive right() {
        return Wars.configured(RIGHT, "messages.redis.prefix=" + RIGHT);
    }

    @BeforeEach
    void findTheServer() {
        guests = new Guests(Remote.of(url), deployer);
    }

    @AfterEach
    void undeploy() {
        guests.undeployAll();
    }

    @Test
    void allClassesMayBeBeans() {
        servesEveryPart(guests.deploy(ALL, all()));
    }

    @Test
    void aWarNeedsNoBeansXml() {
        servesEveryPart(guests.deploy(WITHOUT, without()));
    }

    /**
     * WildFly 39 serves it. Payara 6 gives it no CDI at all, and does not start it, as it can't make the library's EJB:
     * "Initialization failed for Singleton RedisSubscriber". Open Liberty starts it and makes its endpoint without CDI,
     * and the library warns of that.
     */
    @Test
    void anApplicationWithoutBeansIsServedOrNotStarted() {
        if (!ServerUnderTest.makesByCdi("unscoped")) {
            String warning = "host?logged=" + PlainEndpoint.class.getName();
            assertThat(Remote.of(url).get(warning)).isEmpty();
            guests.deploy(NONE, none());
            assertThat(Remote.of(url).get(warning)).contains("without CDI", "@Dependent");
            return;
        }
        if (!"wildfly".equals(System.getProperty("arquillian.launch"))) {
            assertThatThrownBy(() -> Client.to(guests.deploy(NONE, none()).socket("plain/room")))
                    .isInstanceOfAny(CompletionException.class, DeploymentException.class);
            return;
        }
        Remote guest = guests.deploy(NONE, none());
        Client one = Client.to(guest.socket("plain/room"));
        Client other = Client.to(guest.socket("plain/room"));
        one.send("hello");
        one.awaitTexts(1);
        other.awaitTexts(1);
        one.close();
        other.close();
    }

    @Test
    void aDeploymentThatFailsAfterTheLinkStandsLeavesNoConnection() {
        String redis = RedisProcess.shared().uri();
        try (RawSubscription heard = new RawSubscription(redis, FAILING)) {
            guests.refuse(FAILING, failing());
            heard.await(envelopes -> envelopes.hasSize(1));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(RawRedis.connections(redis)).isEmpty());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Remote.of(url).get("host"))
                        .as("threads of the library")
                        .isEmpty());
    }

    @Test
    void applicationsWithPrefixesOfTheirOwnDoNotHearEachOther() {
        Remote left = guests.deploy(LEFT, left());
        Remote right = guests.deploy(RIGHT, right());
        Client inLeft = Client.to(left.socket(ServerUnderTest.PLAINEST + "/room"));
        Client inRight = Client.to(right.socket(ServerUnderTest.PLAINEST + "/room"));
        left.awaitListeners("room", 1);
        right.awaitListeners("room", 1);
        assertThat(left.post("room", "from the left", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        left.awaitHeard("room", "from the left"); // what goes by Redis may come after what was posted here later
        assertThat(left.post("room", "here", Reach.LOCAL, 1)).isEqualTo("LOCAL");
        assertThat(right.post("room", "from the right", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        assertThat(left.post("room", "last", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        right.awaitHeard("room", "from the right");
        left.awaitHeard("room", "from the left,here,last");
        inLeft.close();
        inRight.close();
    }

    private static void servesEveryPart(Remote guest) {
        assertThat(guest.get("listening/servlet?channel=servlet")).isEqualTo("hello");
        assertThat(guest.get("rest/resource?channel=resource")).isEqualTo("hello");
        Client plainest = Client.to(guest.socket(ServerUnderTest.PLAINEST + "/room"));
        Client application = Client.to(guest.socket("application/room"));
        guest.awaitListeners("room", 2);
        assertThat(guest.post("room", "hello", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        guest.awaitHeard("room", "hello,hello");
        guest.post("observed", "hello");
        guest.awaitHeard("observer+of+notes", "hello");
        guest.awaitHeard("asynchronous+observer+of+notes", "hello");
        plainest.close();
        application.close();
        guest.awaitListeners("room", 0);
    }
}
