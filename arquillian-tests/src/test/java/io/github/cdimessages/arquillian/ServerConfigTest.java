package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.host.HostServlet;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the scripts of {@code server-config} do to applications, and that it can be undone. */
@Tag("undo")
@ArquillianTest
class ServerConfigTest {
    private static final String GUEST = "configured-by-script";

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

    @Deployment(name = GUEST, managed = false, testable = false)
    static WebArchive guest() {
        return Wars.discovering("annotated", GUEST);
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
    void anApplicationReadsWhatTheScriptHasSetUntilItIsUndone() {
        assertThat(postedByGuest()).isEqualTo("GLOBAL");
        Script.undo();
        try {
            assertThat(postedByGuest()).contains("IllegalStateException").contains("messages.redis.uri");
        } finally {
            Script.setUp();
        }
        try (RawSubscription subscription =
                new RawSubscription(RedisProcess.shared().uri(), "room")) {
            assertThat(postedByGuest()).isEqualTo("GLOBAL");
            subscription.await(
                    posts -> posts.singleElement().asString().containsPattern("(wildfly|payara|glassfish)-a-"));
        }
    }

    private String postedByGuest() {
        String posted = guests.deploy(GUEST, guest()).post("room", "hello", Reach.GLOBAL, 1);
        guests.undeploy(GUEST);
        return posted;
    }
}
