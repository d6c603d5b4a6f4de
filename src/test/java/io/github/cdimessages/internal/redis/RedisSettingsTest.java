package io.github.cdimessages.internal.redis;

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
                "redis://a b"
            })
    void aWrongAddressIsRefused(String uri) {
        assertThatThrownBy(() -> read("messages.redis.uri", uri))
                .isInstanceOf(MessagesException.class)
                .hasMessageContaining("'messages.redis.uri'")
                .hasMessageContaining("'" + uri + "'")
                .hasMessageContaining("write redis://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@cache",
                "redis://user:se^cret@cache",
                "user:secret@cache",
                "redis://u:se/cret@x?y"
            })
    void aPasswordIsNeverShown(String uri) {
        assertThatThrownBy(() -> read("messages.redis.uri", uri))
                .hasMessageContaining("***@")
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
    })
    void aWrongValueIsRefusedWithItsCure(String property, String value) {
        assertThatThrownBy(() -> read(property, value))
                .isInstanceOf(MessagesException.class)
                .hasMessageStartingWith("property '" + property + "'")
                .hasMessageContaining(";");
    }

    private static RedisSettings read(String property, String value) {
        Map<String, String> values = new HashMap<>(Map.of("messages.redis.uri", "redis://localhost"));
        values.put(property, value);
        return RedisSettings.read(new Settings(values::get)).orElseThrow();
    }
}
