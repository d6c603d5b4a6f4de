package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

class RedisAccessTest {

    @Test
    void theRightsThatAreDocumentedAreEnough() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started()) {
            acl(redis, "SETUSER", "shop", "on", ">p@ss/wörd", "resetchannels");
            documentedRights().forEach(right -> acl(redis, "SETUSER", "shop", right));
            String uri = redis.uri().replace("//", "//shop:p%40ss%2Fw%C3%B6rd@");
            try (Node a = Node.started("a", redis, "messages.redis.uri", uri);
                    Node b = Node.started("b", redis, "messages.redis.uri", uri)) {
                a.listen("orders");
                b.listen("orders");
                a.post("orders", "1").get(10, SECONDS);
                assertThat(b.next()).isEqualTo("orders=1");
                String subscriber = redis.connections().stream()
                        .filter(line -> line.contains("subscriber"))
                        .findFirst()
                        .orElseThrow();
                redis.killConnection(subscriber);
                await().until(() -> a.told.contains("restored") || b.told.contains("restored"));
                a.post("orders", "2").get(10, SECONDS);
                assertThat(a.next() + ' ' + a.next()).isEqualTo("orders=1 orders=2");
                assertThat(b.next()).isEqualTo("orders=2");
                a.transport.unsubscribe("orders");
                await().until(() -> redis.raw(jedis -> jedis.pubsubNumSub("cdi-messages:channel:orders"))
                        .get("cdi-messages:channel:orders")
                        .equals(1L));
                assertThat(a.gaps).isEmpty();
                assertThat(b.gaps).isEmpty();
                assertThat(redis.<List<?>>raw(jedis -> jedis.aclLog()))
                        .as("refused")
                        .isEmpty();
            }
        }
    }

    @Test
    void theFileOfUsersGivesTheRightsThatAreDocumented() throws Exception {
        List<String> users = Files.readAllLines(Path.of("server-config", "redis", "users.acl"));
        assertThat(users)
                .filteredOn(line -> line.startsWith("user shop "))
                .singleElement()
                .satisfies(shop -> assertThat(List.of(shop.split(" "))).containsAll(documentedRights()));
    }

    @Test
    void aPasswordAloneIsEnoughWhereRedisWantsNoUser() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started("--requirepass", "right");
                Node a = Node.started(
                        "a", redis, "messages.redis.uri", redis.uri().replace("//", "//:right@"))) {
            a.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(a.next()).isEqualTo("orders=1");
        }
    }

    @Test
    void theLogsAreInTheDatabaseThatIsNamed() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                Node a = Node.started(
                        "a", redis, "messages.redis.uri", redis.uri() + "/3", "messages.redis.prefix", "shop:eu")) {
            a.listen("orders");
            a.post("orders", "1").get(10, SECONDS);
            assertThat(keys(redis, 3)).contains("shop:eu:servers", "shop:eu:log:a");
            assertThat(keys(redis, 0)).isEmpty();
        }
    }

    @Test
    void aDatabaseThatRedisDoesNotHaveIsLoggedWithTheCure() {
        try (RedisServerFixture redis = RedisServerFixture.started();
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.started("a", redis, "messages.redis.uri", redis.uri() + "/16")) {
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("DB index is out of range", "database in property");
            assertThat(a.transport.isReachable()).isFalse();
        }
    }

    @Test
    void aRedisThatDoesNotAnswerWithinTheConfiguredTimeIsGivenUp() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started();
                LogFixture log = LogFixture.of(Outages.class);
                Node a = Node.started(
                        "a",
                        redis,
                        "messages.redis.command-timeout",
                        "300ms",
                        "messages.redis.connect-timeout",
                        "200ms")) {
            a.listen("orders");
            redis.freeze();
            a.send("orders", "1");
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("no answer within 300 ms")));
            redis.thaw();
            a.post("orders", "2").get(10, SECONDS);
        }
    }

    private static Set<String> keys(RedisServerFixture redis, int database) {
        return redis.raw(jedis -> {
            jedis.select(database);
            return jedis.keys("*");
        });
    }

    /** What docs/wire-format.md says, for the default prefix. */
    private static List<String> documentedRights() throws IOException {
        String text = Files.readString(Path.of("docs", "wire-format.md"));
        String paragraph =
                text.substring(text.indexOf("A user in Redis' access control needs"), text.indexOf("## The envelope"));
        List<String> rights = Pattern.compile("`([+&~][^`]+)`")
                .matcher(paragraph)
                .results()
                .map((MatchResult found) -> found.group(1))
                .flatMap(Pattern.compile(" ")::splitAsStream)
                .map(right -> right.replace("<prefix>", "cdi-messages"))
                .collect(Collectors.toList());
        assertThat(rights).contains("+publish", "+xadd", "&cdi-messages:*", "~cdi-messages:*");
        return rights;
    }

    private static void acl(RedisServerFixture redis, String... words) {
        byte[][] arguments = Stream.of(words).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
        redis.raw(jedis -> jedis.sendCommand(Command.ACL, arguments));
    }
}
