package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * The properties {@code messages.redis.signing…}, checked.
 *
 * @param keys the first signs and all verify; none where nothing is signed
 * @param acceptsUnsigned whether what is not signed passes, as long as not all servers sign
 */
public record SigningSettings(List<SecretKeySpec> keys, boolean acceptsUnsigned) {
    public static final String KEYS = "messages.redis.signing-keys";
    public static final String SIGNING = "messages.redis.signing";
    public static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 32;

    public static SigningSettings read(Settings settings) {
        Mode mode = settings.choice(SIGNING, Mode.REQUIRED);
        List<SecretKeySpec> keys =
                settings.text(KEYS).map(SigningSettings::keys).orElse(List.of());
        if (keys.isEmpty() && settings.text(SIGNING).isPresent()) {
            throw Settings.wrong(SIGNING, mode.name(), "needs a key; set property '" + KEYS + "', or remove this one");
        }
        return new SigningSettings(keys, mode == Mode.ACCEPT_UNSIGNED);
    }

    private static List<SecretKeySpec> keys(String text) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            keys.add(new SecretKeySpec(bytes(each.strip()), ALGORITHM));
        }
        if (keys.size() > 2) {
            throw wrong("names " + keys.size() + " keys");
        }
        if (keys.size() == 2 && keys.get(0).equals(keys.get(1))) {
            throw wrong("names the same key twice");
        }
        return List.copyOf(keys);
    }

    private static byte[] bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length >= LEAST_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message that serves both cases; this one would show a part of the key
        }
        throw wrong("holds something that is no key");
    }

    /** Never shows the value. */
    private static RuntimeException wrong(String problem) {
        return Settings.wrong(
                KEYS,
                "***",
                problem + "; write one or two keys, divided by a comma, each at least " + LEAST_BYTES
                        + " random bytes in Base64, as 'openssl rand -base64 32' makes them");
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "SigningSettings[" + keys.size() + " keys]";
    }

    private enum Mode {
        REQUIRED,
        ACCEPT_UNSIGNED
    }
}
