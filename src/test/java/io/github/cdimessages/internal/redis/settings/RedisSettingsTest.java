package io.github.cdimessages.internal.redis.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    @Test
    void withoutAnAddressThereIsNoRedis() {
        assertThat(RedisSettings.read(new Settings(Map.of("messages.redis.prefix", "shop")::get)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://cache, cache:6379",
        "redis://cache:7000/3, cache:7000",
        "rediss://user:p%40ss@cache, cache:6379",
        "redis://[::1]/, [::1]:6379",
        "REDISS://cache:1, cache:1",
    })
    void anAddressIsUnderstood(String uri, String address) {
        RedisSettings settings = read("messages.redis.uri", uri);
        assertThat(settings.address()).hasToString(address);
        assertThat(settings.toString()).doesNotContain("ss@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache:6379",
                "http://cache",
                "redis://",
                "redis://cache/x",
                "redis://cache?protocol=3",
                "redis://cache:0",
                "redis://cache:65536",
                "redis://cache,",
                "redis://cache,/other",
                "redis://a b"
            })
    void aWrongAddressIsRefused(String uri) {
        assertThatThrownBy(() -> read("messages.redis.uri", uri))
                .isInstanceOf(MessagesException.class)
                .hasMessageContaining("'messages.redis.uri'")
                .hasMessageContaining("'" + uri.replace("?protocol=3", "?***") + "'")
                .hasMessageContaining("write redis://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@cache",
                "redis://user:se^cret@cache",
                "user:secret@cache",
                "redis://user:secret@cache,x y",
                "redis://user:secret@cache,other",
                "redis://u:se/cret@x?y"
            })
    void aPasswordIsNeverShown(String uri) {
        assertThatThrownBy(() -> read("messages.redis.uri", uri))
                .isInstanceOf(MessagesException.class)
                .satisfies(e -> assertThat(e.toString()).doesNotContain("cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "messages.redis.prefix, a b",
        "messages.redis.max-message-size, 1023",
        "messages.redis.post-timeout, 0",
        "messages.redis.post-timeout, 2000m",
        "messages.redis.outbox-messages, 0",
        "messages.redis.outbox-bytes, 2048",
        "messages.redis.recovery, maybe",
        "messages.redis.recovery.time, 0",
        "messages.redis.recovery.time, 61m",
        "messages.redis.recovery.count, 0",
        "messages.redis.recovery.bytes, 2048",
        "messages.redis.connect-timeout, 9ms",
        "messages.redis.connect-timeout, 61s",
        "messages.redis.command-timeout, 0",
        "messages.redis.sentinel-user, eve",
        "messages.redis.sentinel-password, secret",
        "messages.redis.sentinel-master, a b",
        "messages.redis.tls.trust-store, pom.xml",
        "messages.redis.tls.trust-store-password, secret",
        "messages.redis.tls.key-store, pom.xml",
    })
    void aWrongValueIsRefusedWithItsCure(String property, String value) {
        assertThatThrownBy(() -> read(property, value))
                .isInstanceOf(MessagesException.class)
                .hasMessageStartingWith("property '" + property + "'")
                .hasMessageContaining(";")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aListIsOfSentinels() {
        Map<String, String> values = Map.of(
                "messages.redis.uri", "redis://user:secret@a,b:1,[::1]/2", "messages.redis.sentinel-master", "shop");
        RedisSettings settings = RedisSettings.read(new Settings(values::get)).orElseThrow();
        assertThat(settings.address()).hasToString("a:26379,b:1,[::1]:26379");
        assertThat(settings.address().access()).isEqualTo(new Access("user", "secret"));
        assertThat(settings.address().database()).isEqualTo(2);
        assertThat(settings.toString() + settings.address().access())
                .contains("master 'shop'")
                .doesNotContain("secret");
    }

    private static RedisSettings read(String property, String value) {
        Map<String, String> values = new HashMap<>(Map.of("messages.redis.uri", "redis://localhost"));
        values.put(property, value);
        return RedisSettings.read(new Settings(values::get)).orElseThrow();
    }
}
