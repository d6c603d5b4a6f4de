package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.host.HostServlet;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two wars in an ear, with the library in the places where an ear may have it. */
@Tag("ear")
@ArquillianTest
class EarTest {
    private static final String SHARING = "sharing";
    private static final String APART = "apart";
    private static final String FIRST = "first";
    private static final String SECOND = "second";

    @ArquillianResource
    @OperateOnDeployment("host")
    URL url;

    @ArquillianResource
    Deployer deployer;

    private Remote host;
    private Guests guests;

    @Deployment(name = "host", testable = false)
    static WebArchive host() {
        RedisProcess.shared();
        return ShrinkWrap.create(WebArchive.class).addPackage(HostServlet.class.getPackage());
    }

    @Deployment(name = SHARING, managed = false, testable = false)
    static EnterpriseArchive sharing() {
        return Wars.sharing(SHARING, FIRST, SECOND);
    }

    @Deployment(name = APART, managed = false, testable = false)
    static EnterpriseArchive apart() {
        return Wars.apart(APART, FIRST, SECOND);
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

    @Test
    void warsThatShareTheLibraryHearEachOther() throws Exception {
        guests.deploy(SHARING, sharing());
        hearEachOther(ServerUnderTest.HAS_ONE_CDI_FOR_AN_EAR ? 2 : 4);
        endsWithoutATrace(SHARING, open());
    }

    @Test
    void warsWithALibraryEachHearEachOtherOrAreNotStarted() throws Exception {
        if (!ServerUnderTest.TAKES_A_LIBRARY_IN_EACH_WAR) {
            guests.refuse(APART, apart());
            return;
        }
        guests.deploy(APART, apart());
        hearEachOther(4);
        endsWithoutATrace(APART, open());
    }

    private void hearEachOther(int connections) {
        Remote first = host.sibling(FIRST);
        Remote second = host.sibling(SECOND);
        Client inFirst = Client.to(first.socket(ServerUnderTest.PLAINEST + "/room"));
        Client inSecond = Client.to(second.socket(ServerUnderTest.PLAINEST + "/room"));
        first.awaitListeners("room", 4 / connections); // of all wars with the same library
        second.awaitListeners("room", 4 / connections);
        Awaitility.await() // a server that is still subscribing would miss the first message
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                RawRedis.subscribers(RedisProcess.shared().uri(), "room"))
                        .isEqualTo(connections / 2));
        assertThat(first.post("room", "from the first", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        first.awaitHeard("room", "from the first");
        second.awaitHeard("room", "from the first");
        assertThat(second.post("room", "from the second", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        first.awaitHeard("room", "from the first,from the second");
        second.awaitHeard("room", "from the first,from the second");
        awaitConnections(connections);
        inFirst.close();
        inSecond.close();
        first.awaitListeners("room", 0);
        second.awaitListeners("room", 0);
    }

    private List<Client> open() {
        return Stream.of(FIRST, SECOND)
                .map(war -> {
                    Remote remote = host.sibling(war);
                    Client client = Client.to(remote.socket(ServerUnderTest.PLAINEST + "/" + war));
                    remote.awaitListeners(war, 1);
                    return client;
                })
                .toList();
    }

    private void endsWithoutATrace(String ear, List<Client> open) throws Exception {
        guests.undeploy(ear);
        for (Client client : open) {
            assertThat(client.awaitClose()).isEqualTo(Client.GOING_AWAY);
        }
        host.awaitThreads("");
        awaitConnections(0);
    }

    private static void awaitConnections(int count) {
        String redis = RedisProcess.shared().uri();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(RawRedis.connections(redis)).hasSize(count));
    }
}
