package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.logins.basic.ByPassword;
import io.github.cdimessages.arquillian.logins.form.ByForm;
import io.github.cdimessages.arquillian.logins.own.ByItself;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users whom the server knows are locked out, on a server that is alone. */
@ArquillianTest
class RevocationTest {
    private static final String WITHOUT_REDIS = "messages.redis.uri=\\u0020";
    private static final String FORM = "by-form";
    private static final String OWN = "by-itself";
    private static final int SIMULTANEOUS = 100;

    @ArquillianResource
    @OperateOnDeployment("logins")
    URL url;

    @ArquillianResource
    Deployer deployer;

    private Remote server;
    private Guests guests;

    @Deployment(name = "logins", testable = false)
    static WebArchive war() {
        return Wars.logins("logins", ByPassword.class, WITHOUT_REDIS).addPackage(HostServlet.class.getPackage());
    }

    @Deployment(name = FORM, managed = false, testable = false)
    static WebArchive form() {
        return Wars.logins(FORM, ByForm.class, WITHOUT_REDIS);
    }

    @Deployment(name = OWN, managed = false, testable = false)
    static WebArchive own() {
        return Wars.logins(OWN, ByItself.class, WITHOUT_REDIS);
    }

    @BeforeEach
    void findTheServer() {
        server = Remote.of(url);
        guests = new Guests(server, deployer);
    }

    @AfterEach
    void undeploy() {
        guests.undeployAll();
    }

    @Test
    void aUsersSocketsCloseAndAnothersDoNotAndALaterLoginIsWelcome() throws Exception {
        Client alice = connect("alice");
        Client again = connect("alice");
        Client bob = connect("bob");

        assertThat(server.get("revoke?user=alice")).isEqualTo("LOCAL");

        assertThat(alice.awaitClose()).isEqualTo(Client.VIOLATED_POLICY);
        assertThat(again.awaitClose()).isEqualTo(Client.VIOLATED_POLICY);
        bob.assertEchoes();
        Client later = connect("alice");
        later.assertEchoes();
        bob.close();
        later.close();
    }

    @Test
    void aScopeThatAnEndpointNeedsClosesItAndAnotherDoesNot() throws Exception {
        Client carol = connect("carol");
        server.get("revoke?user=carol&scope=other");
        carol.assertEchoes();

        server.get("revoke?user=carol&scope=watcher");

        assertThat(carol.awaitClose()).isEqualTo(Client.VIOLATED_POLICY);
    }

    @Test
    void anHttpSessionEndsAtItsNextRequest() {
        Visitor dave = Visitor.withPasswordAndCookies("dave");
        dave.get(server, "session");
        String before = dave.get(server, "session").body();
        assertThat(dave.get(server, "session").body())
                .isEqualTo(before)
                .startsWith("dave ")
                .doesNotEndWith("null");

        server.get("revoke?user=dave");

        assertThat(dave.get(server, "session").body())
                .startsWith("dave ")
                .isNotEqualTo(before)
                .endsWith("null");

        server.get("revoke?user=dave");
        assertThat(dave.post(server, "who").statusCode())
                .as("of the ended session")
                .isEqualTo(401);
        assertThat(dave.post(server, "who").body()).as("as its password says").isEqualTo("dave");
    }

    @Test
    void whoLoggedInByAFormIsAskedAgain() throws Exception {
        Remote application = guests.deploy(FORM, form());
        Visitor erin = Visitor.loggedIn(application, "erin");
        Visitor frank = Visitor.loggedIn(application, "frank");
        Client erins = erin.connect(application, "watched", "erin");
        Client franks = frank.connect(application, "watched", "frank");

        application.get("revoke?user=erin");

        assertThat(erins.awaitClose()).isEqualTo(Client.VIOLATED_POLICY);
        assertThat(erin.get(application, "who").body()).isEqualTo("please log in");
        Client nobodys = erin.connect(application, "watched", "nobody");
        franks.assertEchoes();
        assertThat(frank.get(application, "who").body()).isEqualTo("frank");
        nobodys.close();
        franks.close();
    }

    @Test
    void whosePasswordWasCheckedBeforeARevocationIsAskedAgain() throws Exception {
        Remote application = guests.deploy(FORM, form());
        Visitor heidi = Visitor.submitted(application, "heidi");
        Visitor niaj = Visitor.submitted(application, "niaj");

        application.get("revoke?user=heidi");

        assertThat(heidi.get(application, "who").body()).isEqualTo("please log in");
        assertThat(niaj.get(application, "who").body()).isEqualTo("niaj");
        Visitor later = Visitor.loggedIn(application, "heidi");
        assertThat(later.get(application, "who").body()).isEqualTo("heidi");
    }

    @Test
    void whoLosesTheHttpSessionButNoOtherCookieIsAskedAgain() throws Exception {
        Remote application = guests.deploy(FORM, form());
        Visitor oscar = Visitor.loggedIn(application, "oscar");
        Visitor peggy = Visitor.loggedIn(application, "peggy");
        Visitor lost = oscar.withoutSession(application);
        Visitor guessing = oscar.withoutSession(application);

        application.get("revoke?user=oscar");

        guessing.submit(application, "oscar", "wrong");
        assertThat(guessing.get(application, "who").body())
                .as("a wrong password")
                .isEqualTo("please log in");
        assertThat(lost.get(application, "who").body()).isEqualTo("please log in");
        assertThat(peggy.get(application, "who").body()).isEqualTo("peggy");
        Visitor later = Visitor.loggedIn(application, "oscar");
        assertThat(later.get(application, "who").body()).isEqualTo("oscar");
        assertThat(oscar.get(application, "who").body()).as("the old cookies").isEqualTo("please log in");
        assertThat(later.get(application, "who").body()).as("the later login").isEqualTo("oscar");
    }

    @Test
    void anHttpSessionEndsWhoseUserTheApplicationAloneKnows() throws Exception {
        Remote application = guests.deploy(OWN, own());
        Visitor ivan = Visitor.withCookies();
        Visitor judy = Visitor.withCookies();
        ivan.get(application, "own?login=ivan");
        judy.get(application, "own?login=judy");
        assertThat(ivan.get(application, "own").body()).isEqualTo("ivan");
        assertThat(judy.get(application, "own").body()).isEqualTo("judy");

        application.get("revoke?user=ivan");

        assertThat(ivan.get(application, "own").body()).isEqualTo("null");
        assertThat(judy.get(application, "own").body()).isEqualTo("judy");
        ivan.get(application, "own?login=ivan");
        assertThat(ivan.get(application, "own").body()).as("a later login").isEqualTo("ivan");
        assertThat(Visitor.withCookies().get(application, "own?token=ivan").statusCode())
                .as("an old token, though each request makes a session")
                .isEqualTo(401);
    }

    @Test
    void loginsOfOneUserThatConnectAtTheSameTimeAreNotSwapped() throws Exception {
        Remote application = guests.deploy(FORM, form());
        Visitor phone = Visitor.loggedIn(application, "grace");
        Visitor desk = Visitor.loggedIn(application, "grace");
        phone.get(application, "session");
        String phonesLogin = phone.get(application, "session").body().replaceFirst(".* ", "");
        List<CompletableFuture<Client>> phones = new ArrayList<>();
        List<CompletableFuture<Client>> desks = new ArrayList<>();
        for (int i = 0; i < SIMULTANEOUS; i++) {
            phones.add(phone.connecting(application, "watched"));
            desks.add(desk.connecting(application, "watched"));
        }
        for (CompletableFuture<Client> each : phones) {
            each.join().awaitTexts(1); // Open Liberty 26.0.0.3 may tell a client that is still connecting no valid code
        }
        for (CompletableFuture<Client> each : desks) {
            each.join().awaitTexts(1);
        }

        application.get("revoke?user=grace&id=" + phonesLogin);

        for (CompletableFuture<Client> each : phones) {
            assertThat(each.join().awaitClose()).isEqualTo(Client.VIOLATED_POLICY);
        }
        for (CompletableFuture<Client> each : desks) {
            if (ServerUnderTest.TELLS_HANDSHAKES_APART) {
                each.join().assertEchoes();
                each.join().close();
            } else {
                each.join().assertEchoesOrIsClosedBy(Client.VIOLATED_POLICY);
            }
        }
        assertThat(phone.get(application, "who").body()).isEqualTo("please log in");
        assertThat(desk.get(application, "who").body()).isEqualTo("grace");
    }

    private Client connect(String user) {
        return Visitor.withPassword(user).connect(server, "watched", user);
    }
}
