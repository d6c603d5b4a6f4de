package io.github.cdimessages.internal.redis.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNamesTest {
    private final ChannelNames names = new ChannelNames("shop");

    @ParameterizedTest
    @ValueSource(strings = {"orders", "räume:7", "😀", " "})
    void aNameIsTheSameOnBothSides(String name) {
        assertThat(new String(names.inRedis(name), UTF_8)).isEqualTo("shop:channel:" + name);
        assertThat(names.here(names.inRedis(name))).isEqualTo(name);
    }

    @Test
    void otherChannelsHaveNoNameHere() {
        assertThat(names.here(names.sentinel())).isNull();
        assertThat(names.here("shop:channel:".getBytes(UTF_8))).isNull();
        assertThat(names.here("chop:channel:orders".getBytes(UTF_8))).isNull();
        assertThat(names.isSentinel("shop:sentinel".getBytes(UTF_8))).isTrue();
    }

    @Test
    void aNameThatRedisWouldConfuseIsRefused() {
        for (String name : new String[] {"a\ud800", "ä\udc00b", "😀\ud83d", "", "x".repeat(1_025)}) {
            assertThatThrownBy(() -> names.inRedis(name))
                    .isInstanceOf(MessagesException.class)
                    .hasMessageContaining("choose");
        }
    }
}
