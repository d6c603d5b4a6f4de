package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.leftovers.LeftServlet;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing of an application is left in a server that it has left; to be run alone, as others leave something too. */
@Tag("leak")
@ArquillianTest
class LeakTest {
    private static final String GUEST = "leaking";
    private static final String DEMO = "chat";
    private static final int ROUNDS = Integer.getInteger("redeploy.rounds");

    @ArquillianResource
    @OperateOnDeployment("host")
    URL url;

    @ArquillianResource
    Deployer deployer;

    private Remote host;
    private Leftovers leftovers;
    private Guests guests;

    @Deployment(name = "host", testable = false)
    static WebArchive host() {
        RedisProcess.shared();
        return ShrinkWrap.create(WebArchive.class)
                .addPackage(HostServlet.class.getPackage())
                .addPackage(LeftServlet.class.getPackage());
    }

    @Deployment(name = GUEST, managed = false, testable = false)
    static WebArchive guest() {
        return Wars.discovering("annotated", GUEST);
    }

    @Deployment(name = DEMO, managed = false, testable = false)
    static WebArchive demo() {
        return Wars.demo(DEMO);
    }

    @BeforeAll
    static void endIdleThreads() {
        ServerUnderTest.endIdleThreads();
    }

    @BeforeEach
    void findTheServer() {
        host = Remote.of(url);
        leftovers = new Leftovers(host);
        guests = new Guests(host, deployer);
        leftovers.occupyThreads().forEach(Client::close);
    }

    @AfterEach
    void undeploy() {
        guests.undeployAll();
    }

    /** So a check for leaks that finds none has looked. */
    @Test
    void aLeakIsFound() {
        Remote guest = guests.deploy(GUEST, guest());
        String thread = guest.get("probe?of=thread");
        guests.undeploy(GUEST);
        assertThat(leftovers.text()).contains("thread " + thread).contains("class loader");
        host.send("DELETE", "left?thread=" + thread);
        awaitNothingLeft();
    }

    @Test
    void redeploymentsOfTheDemoUnderTrafficLeaveNothingBehind() throws Exception {
        int untold = 0;
        int sockets = Integer.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            try (Traffic traffic = new Traffic(
                    guests.deploy(DEMO, demo()), RedisProcess.shared().uri())) {
                traffic.awaitFlow();
                guests.undeploy(DEMO);
                untold += traffic.awaitEnds();
            }
            if (round == 0) { // clients and administrators keep some connections
                sockets = leftovers.sockets();
            }
        }
        assertThat(untold)
                .as("pages that were not told that the application ends")
                .isLessThanOrEqualTo(ServerUnderTest.KEEPS_REQUESTS_APART ? 0 : 1);
        awaitNothingLeft();
        int atFirst = sockets;
        Awaitility.await()
                .atMost(Duration.ofMinutes(2)) // servers and clients close idle connections after up to 30 s
                .untilAsserted(() -> assertThat(leftovers.sockets()).isLessThanOrEqualTo(atFirst));
    }

    private void awaitNothingLeft() {
        leftovers.awaitNone();
        awaitNoConnection();
    }

    private static void awaitNoConnection() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                RawRedis.connections(RedisProcess.shared().uri()))
                        .isEmpty());
    }
}
