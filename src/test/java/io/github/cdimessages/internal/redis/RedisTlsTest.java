package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.Certificates;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import io.github.cdimessages.testing.ServerConfigFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts Redis with {@code server-config/redis/stand-alone.conf}, and enters as its user {@code shop}. */
class RedisTlsTest {
    private static final Certificates OURS = new Certificates("ip:127.0.0.1");
    private static final String TRUST_STORE = "messages.redis.tls.trust-store";
    private RedisServerFixture redis;

    @AfterEach
    void end() {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM"})
    void messagesPassWhereTheCertificateIsTrusted(String type) throws Exception {
        start(OURS);
        Path trusted = type.equals("PEM") ? OURS.certificate() : OURS.trustStore(type);
        String password = type.equals("PEM") ? "" : Certificates.PASSWORD;
        try (Node a = node(TRUST_STORE, trusted.toString(), TRUST_STORE + "-password", password)) {
            a.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefusedWithTheCure() {
        start(OURS);
        assertThat(problem()).contains("its certificate is not trusted", "'" + TRUST_STORE + "'");
    }

    @Test
    void aCertificateForAnotherHostIsRefusedWithTheCure() {
        Certificates elsewhere = new Certificates("dns:redis.example.com,ip:192.0.2.1");
        start(elsewhere);
        assertThat(problem(TRUST_STORE, elsewhere.certificate().toString()))
                .contains("another host", "127.0.0.1", "'messages.redis.uri'");
    }

    @Test
    void aRedisWithoutTlsIsRefusedWithTheCure() {
        redis = RedisServerFixture.started();
        assertThat(problem("messages.redis.uri", redis.uri().replace("redis:", "rediss:")))
                .contains("no answer over TLS", "write redis:");
    }

    @Test
    void aClientShowsItsOwnCertificateWhereRedisWantsOne() throws Exception {
        ServerConfigFixture files = new ServerConfigFixture(OURS);
        redis = RedisServerFixture.redis7(files.file("stand-alone.conf"), "--tls-auth-clients", "yes")
                .accessedBy(files.access("admin", OURS));
        redis.start();
        String[] trust = {TRUST_STORE, OURS.certificate().toString()};
        assertThat(problem(trust)).contains("no answer over TLS", "'messages.redis.tls.key-store'");

        try (Node a = node(
                TRUST_STORE,
                OURS.certificate().toString(),
                "messages.redis.tls.key-store",
                OURS.keyStore().toString(),
                "messages.redis.tls.key-store-password",
                Certificates.PASSWORD)) {
            a.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
        }
    }

    @Test
    void aWriteThatHangsBelowTlsIsGivenUp() throws Exception {
        start(OURS);
        try (Node a = Node.quick("a", redis, all(TRUST_STORE, OURS.certificate().toString()))) {
            a.listen("orders");
            await().until(a.transport::isReachable);
            redis.freeze();
            for (int i = 0; i < 40; i++) {
                a.send("orders", "x".repeat(500_000));
            }
            await().until(() -> a.told.contains("lost"));
            redis.thaw();
            await().until(a.transport::isReachable);
            a.post("orders", "1").get(10, SECONDS);
            await().until(() -> a.hasHeard("1"));
        }
    }

    private void start(Certificates certificates) {
        ServerConfigFixture files = new ServerConfigFixture(certificates);
        redis = RedisServerFixture.redis7(files.file("stand-alone.conf")).accessedBy(files.access("admin"));
        redis.start();
    }

    private String problem(String... properties) {
        try (LogFixture log = LogFixture.of(Outages.class);
                Node a = node(properties)) {
            await().until(() -> !log.lines().isEmpty());
            assertThatThrownBy(() -> a.post("orders", "1", false).get(10, SECONDS))
                    .hasMessageContaining("not reachable");
            return log.lines().get(0);
        }
    }

    private Node node(String... properties) {
        return Node.started("a", redis, all(properties));
    }

    private String[] all(String... properties) {
        String[] all = new String[properties.length + 2];
        all[0] = "messages.redis.uri";
        all[1] = redis.uri().replace("//", "//shop:" + ServerConfigFixture.PASSWORD + "@");
        System.arraycopy(properties, 0, all, 2, properties.length);
        return all;
    }
}
