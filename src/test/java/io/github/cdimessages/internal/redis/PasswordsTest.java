package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.RedisServerFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, the most detailed log shows no password. */
class PasswordsTest {
    private static final String SECRET = "sEcReT";

    @Test
    void noLogShowsAPassword() throws Exception {
        try (RedisServerFixture redis = RedisServerFixture.started("--requirepass", SECRET);
                LogFixture log = LogFixture.everything()) {
            String right = redis.uri().replace("//", "//:" + SECRET + "@");
            try (Node a = Node.started("a", redis, "messages.redis.uri", right)) {
                a.listen("orders");
                a.post("orders", "1").get(10, SECONDS);
                redis.restart();
                await().until(() -> a.told.contains("restored"));
                redis.kill();
                await().until(() -> !a.transport.isReachable());
                redis.start();
                await().until(a.transport::isReachable);
            }
            int before = log.lines().size();
            for (String wrong : new String[] {
                right.replace(SECRET, SECRET + "x"),
                right.replace("//:", "//nobody:"),
                right.replace("redis:", "rediss:"),
                right + "/99"
            }) {
                try (LogFixture told = LogFixture.of(Outages.class);
                        Node a = Node.started("a", redis, "messages.redis.uri", wrong)) {
                    await().until(() -> !told.lines().isEmpty());
                    assertThat(a.transport.isReachable()).isFalse();
                }
            }
            assertThat(log.lines()).hasSizeGreaterThan(before + 3).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void noRefusedSettingShowsAPassword() {
        for (String uri : new String[] {
            "redis://a:6379?password=" + SECRET,
            "redis://a:6379/0#" + SECRET,
            "redis://u:x?" + SECRET + "@a",
            "redis://a?password=u@" + SECRET,
            "redis://u:" + SECRET + "@a b",
            "redis://u:" + SECRET + "^@a",
            "rediss://:" + SECRET + "@a,b",
            SECRET + "@a"
        }) {
            assertThatThrownBy(() -> RedisSettings.read(new Settings(Map.of("messages.redis.uri", uri)::get)))
                    .isInstanceOf(MessagesException.class)
                    .satisfies(problem -> assertThat(textOf(problem)).doesNotContain(SECRET));
        }
    }

    private static String textOf(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
