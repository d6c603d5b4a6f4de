package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.arquillian.host.HostServlet;
import io.github.cdimessages.arquillian.logins.token.ByToken;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Users are locked out on one node and leave the other too. The nodes are applications that share nothing but Redis.
 */
@ArquillianTest
class RevokedEverywhereTest {
    private static final String A = "node-a";
    private static final String B = "node-b";
    private static final String STRICT = "node-strict";
    private static final int UNAUTHORIZED = 401;

    @ArquillianResource
    @OperateOnDeployment(A)
    URL url;

    @ArquillianResource
    Deployer deployer;

    private Guests guests;
    private Remote a;
    private Remote b;

    @Deployment(name = A, testable = false)
    static WebArchive a() {
        return node(A).addPackage(HostServlet.class.getPackage());
    }

    @Deployment(name = B, managed = false, testable = false)
    static WebArchive b() {
        return node(B);
    }

    @Deployment(name = STRICT, managed = false, testable = false)
    static WebArchive strict() {
        return node(STRICT, "messages.revocation.max-outage=2s");
    }

    /** It has a user of its own in Redis, so that it can be cut off alone. */
    private static WebArchive node(String name, String... properties) {
        String redis = RedisProcess.shared().uri();
        RawRedis.letIn(redis, name, name);
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("messages.redis.uri=" + redis.replace("://", "://" + name + ':' + name + '@'));
        all.add("messages.redis.prefix=revoked-everywhere");
        all.add("messages.node=" + name);
        return Wars.logins(name, ByToken.class, all.toArray(String[]::new));
    }

    @BeforeEach
    void findTheServer() {
        a = Remote.of(url);
        guests = new Guests(a, deployer);
    }

    @AfterEach
    void undeploy() {
        guests.undeployAll();
    }

    @Test
    void allSocketsOfAUserAreClosedOnBothNodesAndAnothersAreNot() throws Exception {
        b = guests.deploy(B, b());
        Visitor alice = Visitor.withToken("alice", "any");
        Visitor bob = Visitor.withToken("bob", "any");
        List<Client> alices = onEachNode(alice, "alice");
        List<Client> bobs = onEachNode(bob, "bob");
        Client nobody = Client.to(b.socket("watched"));
        long begun = System.nanoTime();

        assertThat(a.get("revoke?user=alice")).isEqualTo("GLOBAL");

        assertRevoked(alices);
        report("a user's 4 sockets on 2 nodes were closed", begun);
        bobs.forEach(Client::assertEchoes);
        nobody.assertEchoes();
        assertThat(alice.get(b, "who").statusCode()).isEqualTo(UNAUTHORIZED);
        assertThat(alice.post(a, "who").statusCode()).isEqualTo(UNAUTHORIZED);
        assertThat(bob.get(b, "who").body()).isEqualTo("bob");
        assertThat(Visitor.withToken("alice", "any").get(b, "who").body())
                .as("with a new token")
                .isEqualTo("alice");
        bobs.forEach(Client::close);
        nobody.close();
    }

    @Test
    void byAuthIdOnlyWhatThatLoginOpenedIsClosed() throws Exception {
        b = guests.deploy(B, b());
        Visitor phone = Visitor.withToken("carol", "phone");
        Visitor desk = Visitor.withToken("carol", "desk");
        List<Client> phones = onEachNode(phone, "carol");
        List<Client> desks = onEachNode(desk, "carol");
        List<Client> anothers = onEachNode(Visitor.withToken("dave", "phone"), "dave");

        a.get("revoke?user=carol&id=tablet");
        a.get("revoke?user=carol&id=phone");

        assertRevoked(phones);
        desks.forEach(Client::assertEchoes);
        anothers.forEach(Client::assertEchoes);
        assertThat(phone.get(b, "who").statusCode()).isEqualTo(UNAUTHORIZED);
        assertThat(desk.get(b, "who").body()).isEqualTo("carol");
        desks.forEach(Client::close);
        anothers.forEach(Client::close);
    }

    @Test
    void byScopeOnlyWhatNeedsItIsClosed() throws Exception {
        b = guests.deploy(B, b());
        Visitor erin = Visitor.withToken("erin", "any");
        Client watched = erin.connect(b, "watched", "erin");
        Client persons = erin.connect(b, "persons", "erin");

        a.get("revoke?user=erin&scope=other");
        a.get("revoke?user=erin&scope=watcher");
        assertRevoked(List.of(watched));
        persons.assertEchoes();

        a.get("revoke?user=erin&scope=person");
        assertRevoked(List.of(persons));
    }

    @Test
    void whatIsRevokedWhileANodeIsCutOffIsClosedOnItsReturn() throws Exception {
        b = guests.deploy(B, b());
        Visitor frank = Visitor.withToken("frank", "any");
        Client franks = frank.connect(b, "watched", "frank");
        Client graces = Visitor.withToken("grace", "any").connect(b, "watched", "grace");
        String redis = RedisProcess.shared().uri();
        RawRedis.cutOff(redis, B);

        assertThat(a.get("revoke?user=frank")).isEqualTo("GLOBAL");
        franks.assertEchoes();
        long begun = System.nanoTime();
        RawRedis.letIn(redis, B, B);

        assertRevoked(List.of(franks));
        report("after a node's return, a socket was closed", begun);
        graces.assertEchoes();
        assertThat(frank.get(b, "who").statusCode()).isEqualTo(UNAUTHORIZED);
        graces.close();
    }

    @Test
    void socketsWithAUserAreClosedWhenTheNodeStaysCutOff() throws Exception {
        Remote strict = guests.deploy(STRICT, strict());
        Client nobody = Client.to(strict.socket("watched"));
        Client heidis = Awaitility.await() // once it has read the ledger, users are let in
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> {
                            Client client = Visitor.withToken("heidi", "any").connect(strict, "watched", "heidi");
                            client.assertEchoes();
                            return client;
                        },
                        client -> true);
        long begun = System.nanoTime();

        RawRedis.cutOff(RedisProcess.shared().uri(), STRICT);

        assertThat(heidis.awaitClose()).isEqualTo(Client.TRY_AGAIN_LATER);
        report("2 s is the limit, and a socket was closed", begun);
        Client refused =
                Visitor.withToken("heidi", "any").connecting(strict, "watched").join();
        refused.awaitEnd();
        assertThat(refused.texts()).isEmpty();
        if (ServerUnderTest.TELLS_WHO_CONNECTS_WHY) {
            assertThat(refused.awaitClose()).isEqualTo(Client.TRY_AGAIN_LATER);
        }
        nobody.assertEchoes();
        nobody.close();
    }

    @Test
    void nobodySurvivesWhoIsRevokedWhileConnecting() throws Exception {
        b = guests.deploy(B, b());
        new RevocationRaces(a, b).assertNobodySurvives();
    }

    private List<Client> onEachNode(Visitor visitor, String user) {
        List<Client> clients = new ArrayList<>();
        for (Remote node : List.of(a, b)) {
            clients.add(visitor.connect(node, "watched", user));
            clients.add(visitor.connect(node, "persons", user));
        }
        return clients;
    }

    private static void assertRevoked(List<Client> clients) throws Exception {
        for (Client each : clients) {
            assertThat(each.awaitClose()).isEqualTo(Client.VIOLATED_POLICY);
        }
    }

    private static void report(String what, long begun) {
        System.out.println(what + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + " ms");
    }
}
