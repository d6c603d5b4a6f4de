package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChannelNameTest {

    @Test
    void namesOfUpTo1024BytesAreFine() {
        for (String name : new String[] {"a", "räume:7", "😀", "x".repeat(1_024), "ä".repeat(512), "😀".repeat(256)}) {
            assertThat(ChannelName.check(name)).isSameAs(name);
        }
    }

    @Test
    void longerOnesAreRefused() {
        for (String name : new String[] {"x".repeat(1_025), "ä".repeat(513), "😀".repeat(257)}) {
            assertThatThrownBy(() -> ChannelName.check(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 1024");
        }
    }

    @Test
    void blankOnesAndThoseWithoutUtf8FormAreRefused() {
        assertThatThrownBy(() -> ChannelName.check(" ")).hasMessageContaining("blank");
        for (String name : new String[] {"\ud83d", "\ude00", "a\ude00\ud83d", "\ud83d\ud83d\ude00"}) {
            assertThatThrownBy(() -> ChannelName.check(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("surrogate");
        }
    }
}
