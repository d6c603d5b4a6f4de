package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.made.ByAnnotation;
import io.github.cdimessages.arquillian.made.configured.Configured;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** The deployment warns of exactly those endpoints that the server then makes without what they inject. */
@ArquillianTest
class EndpointWarningTest {
    private static final String MADE = "made-by-server";
    private static final String CONFIGURED = "made-by-itself";
    private static final String WARNING = "without CDI";

    /** Which of the endpoints that inject does this server make without CDI? */
    private static final Map<String, List<String>> WITHOUT_CDI = Map.of(
            "wildfly", List.of("code-bean", "code-plain"), "liberty", List.of("ambiguous", "code-plain", "plain"));

    private static final Map<String, String> CLASSES = Map.of(
            "plain", "ByAnnotation$Plain",
            "dependent", "ByAnnotation$DependentOne",
            "application", "ByAnnotation$ApplicationOne",
            "ambiguous", "ByAnnotation$Ambiguous",
            "by-constructor", "ByAnnotation$ByConstructor",
            "code-plain", "ByCode$Plain",
            "code-bean", "ByCode$Bean",
            "code-looks-up", "ByCode$LooksUp");

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

    @Deployment(name = MADE, managed = false, testable = false)
    static WebArchive made() {
        return Wars.application(MADE, "").addPackage(ByAnnotation.class.getPackage());
    }

    @Deployment(name = CONFIGURED, managed = false, testable = false)
    static WebArchive configured() {
        return Wars.application(CONFIGURED, "").addPackage(Configured.class.getPackage());
    }

    @BeforeEach
    void findTheServer() {
        host = Remote.of(url);
        host.get("host"); // begins to keep what is logged
        guests = new Guests(host, deployer);
    }

    @AfterEach
    void undeploy() {
        guests.undeployAll();
    }

    @Test
    void exactlyTheEndpointsWithoutWhatTheyInjectAreWarnedOf() {
        Remote guest = guests.deploy(MADE, made());
        Map<String, String> said = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        CLASSES.forEach((path, type) -> {
            said.put(path, opening(guest, path) + (warned(type) ? ", warned of" : ""));
            expected.put(path, withoutCdi(path) ? "null, warned of" : "injected");
        });
        assertThat(said).isEqualTo(expected);
    }

    @Test
    void anEndpointThatWorksWithoutCdiIsNotWarnedOfAndOneWhoseUsersWouldNotBeCheckedIs() {
        Remote guest = guests.deploy(MADE, made());
        assertThat(opening(guest, "nothing")).isEqualTo("needs nothing");
        assertThat(warned("ByAnnotation$InjectsNothing")).isFalse();
        assertThat(warned("ByAnnotation$Guarded")).isEqualTo(withoutCdi("plain"));
    }

    @Test
    void anEndpointThatTheApplicationMakesIsNotWarnedOf() {
        Remote guest = guests.deploy(CONFIGURED, configured());
        assertThat(opening(guest, "configured-bean")).isEqualTo("injected");
        assertThat(opening(guest, "configured-plain")).isEqualTo("injected");
        assertThat(warned("Configured")).isFalse();
    }

    private static boolean withoutCdi(String path) {
        return WITHOUT_CDI
                .getOrDefault(System.getProperty("arquillian.launch"), List.of())
                .contains(path);
    }

    private static String opening(Remote guest, String path) {
        Client client = Client.to(guest.socket(path));
        client.awaitTexts(1);
        client.close();
        return client.texts().get(0);
    }

    /** Whether a warning names the class and a cure. */
    private boolean warned(String type) {
        return host.get("host?logged=" + type).lines().anyMatch(line -> line.contains(WARNING));
    }
}
