package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;

class RedisRightsTest {

    @Test
    void aWrongPasswordIsLoggedOnceWithTheCureAndWithoutThePassword() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started("--requirepass", "right");
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.started("a", redis, "messages.redis.uri", withUser(redis, ":wrongsecret"))) {
            await().until(() -> log.lines().size() == 1);
            await().until(() -> failedLogins(redis) > 5);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("WRONGPASS", "messages.redis.uri", "+publish")
                    .doesNotContain("wrongsecret");
            assertThat(a.transport.isReachable()).isFalse();
        }
    }

    @Test
    void aMissingPasswordIsLoggedWithTheCure() {
        try (RedisServerFixture redis = RedisServerFixture.started("--requirepass", "right");
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.started("a", redis)) {
            await().until(() -> log.lines().size() == 1);
            assertThat(log.lines()).singleElement().asString().contains("NOAUTH", "messages.redis.uri");
            assertThat(a.transport.isReachable()).isFalse();
        }
    }

    /** SELECT is a right of its own, which nobody thinks of. */
    @Test
    void aUserWhoMayNotSelectTheDatabaseIsToldTheRightThatIsMissing() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                LogFixture log = LogFixture.of(Outages.class)) {
            acl(redis, "SETUSER shop on >pw &* ~* +publish +subscribe +unsubscribe +ping +@write +@read");
            acl(redis, "SETUSER shop -select");
            try (Node a = Node.started("a", redis, "messages.redis.uri", withUser(redis, "shop:pw") + "/3")) {
                await().until(() -> !log.lines().isEmpty());
                assertThat(log.lines().get(0)).contains("NOPERM", "+select");
                acl(redis, "SETUSER shop +select");
                a.listen("orders");
                a.post("orders", "1").get(10, SECONDS);
                assertThat(a.next()).isEqualTo("orders=1");
            }
        }
    }

    @Test
    void aChannelThatIsNotAllowedHurtsNoOtherAndIsHeardOnceItIs() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            String open = "&cdi-messages:sentinel &cdi-messages:channel:open*";
            acl(redis, "SETUSER shop on >pw resetchannels +publish +subscribe +unsubscribe +ping " + open);
            try (LogFixture log = LogFixture.of(Subscriptions.class);
                    Node a = Node.started("a", redis, "messages.redis.uri", withUser(redis, "shop:pw"))) {
                a.listen("open-1");
                CompletableFuture<Void> closed = a.transport.subscribe("closed").toCompletableFuture();
                CompletableFuture<Void> second = a.transport.subscribe("open-2").toCompletableFuture();
                second.get(10, SECONDS);
                assertThatThrownBy(() -> closed.get(10, SECONDS)).hasMessageContaining("'closed': Redis refuses it");
                assertThatThrownBy(() -> a.post("closed", "1").get(10, SECONDS)).hasMessageContaining("+publish");
                a.post("open-2", "2").get(10, SECONDS);
                assertThat(a.next()).isEqualTo("open-2=2");
                acl(redis, "SETUSER shop &cdi-messages:channel:closed");
                await().until(() -> redis.raw(Jedis::pubsubChannels).contains("cdi-messages:channel:closed"));
                a.post("closed", "3").get(10, SECONDS);
                assertThat(a.next()).isEqualTo("closed=3");
                assertThat(log.lines()).as("refusals").hasSize(1);
            }
        }
    }

    @Test
    void aPostThatIsRefusedWhenItIsInTheLogIsInDoubt() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            acl(redis, "SETUSER shop on >pw allcommands allkeys resetchannels &cdi-messages:sentinel");
            try (Node a = Node.started("a", redis, "messages.redis.uri", withUser(redis, "shop:pw"))) {
                assertThatThrownBy(() -> a.post("closed", "1").get(10, SECONDS))
                        .cause()
                        .isInstanceOf(PostInDoubtException.class)
                        .hasMessageContaining("+publish")
                        .hasCauseInstanceOf(JedisAccessControlException.class);
                acl(redis, "SETUSER shop resetkeys");
                assertThatThrownBy(() -> a.post("closed", "2").get(10, SECONDS))
                        .cause()
                        .isExactlyInstanceOf(MessagesException.class)
                        .hasMessageContaining("+publish");
            }
        }
    }

    private static String withUser(RedisServerFixture redis, String user) {
        return redis.uri().replace("//", "//" + user + "@");
    }

    private static long failedLogins(RedisServerFixture redis) {
        String stats = redis.raw(jedis -> jedis.info("commandstats"));
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_auth:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*failed_calls=(\\d+).*", "$1")))
                .sum();
    }

    private static void acl(RedisServerFixture redis, String rule) {
        byte[][] arguments = Pattern.compile(" ")
                .splitAsStream(rule)
                .map(word -> word.getBytes(UTF_8))
                .toArray(byte[][]::new);
        redis.raw(jedis -> jedis.sendCommand(Command.ACL, arguments));
    }
}
