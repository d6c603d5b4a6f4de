package io.github.cdimessages.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.SigningSettings;
import io.github.cdimessages.internal.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSettingsTest {
    static final String KEY = "b2xkIGtleSwgdGhpcnR5LXR3byBieXRlcyBsb25nICE=";
    static final String NEW_KEY = "bmV3IGtleSwgdGhpcnR5LXR3byBieXRlcyBsb25nICE=";

    @Test
    void withoutKeysNothingIsSigned() {
        SigningSettings settings = SigningSettings.read(new Settings(property -> null));
        assertThat(settings.keys()).isEmpty();
        assertThat(settings.acceptsUnsigned()).isFalse();
    }

    @Test
    void oneOrTwoKeysAreTaken() {
        assertThat(read(KEY, "").keys()).hasSize(1);
        SigningSettings both = read(NEW_KEY + " , " + KEY, "accept-unsigned");
        assertThat(both.keys()).hasSize(2);
        assertThat(both.acceptsUnsigned()).isTrue();
        assertThat(both.toString()).doesNotContain("bmV3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "secret!secret", KEY + ',', KEY + ',' + KEY, KEY + ',' + NEW_KEY + ',' + KEY})
    void aWrongKeyIsRefusedAndNotShown(String keys) {
        assertThatThrownBy(() -> read(keys, ""))
                .isInstanceOf(MessagesException.class)
                .hasMessageContaining("messages.redis.signing-keys")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining(keys.substring(0, 6))
                .hasNoCause();
    }

    @Test
    void aDemandWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> read("", "required")).hasMessageContaining("messages.redis.signing-keys");
        assertThatThrownBy(() -> read(KEY, "maybe")).hasMessageContaining("ACCEPT_UNSIGNED");
    }

    private static SigningSettings read(String keys, String mode) {
        return SigningSettings.read(
                new Settings(Map.of("messages.redis.signing-keys", keys, "messages.redis.signing", mode)::get));
    }
}
