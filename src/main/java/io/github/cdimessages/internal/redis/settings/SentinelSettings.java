package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The properties {@code messages.redis.sentinel-*}, checked.
 *
 * @param master the name that the Sentinels have for the Redis to use
 * @param access the user of the Sentinels themselves
 */
public record SentinelSettings(String master, Access access) {
    public static final String MASTER = "messages.redis.sentinel-master";
    public static final String USER = "messages.redis.sentinel-user";
    public static final String PASSWORD = "messages.redis.sentinel-password";

    /** Reads them; null where {@code messages.redis.sentinel-master} is not set. */
    public static @Nullable SentinelSettings read(Settings settings) {
        String master = settings.text(MASTER).orElse(null);
        String user = settings.text(USER).orElse(null);
        String password = settings.text(PASSWORD).orElse(null);
        if (master == null && (user != null || password != null)) {
            throw Settings.wrong(
                    user != null ? USER : PASSWORD,
                    user != null ? user : "***",
                    "is for Sentinels; set property '" + MASTER + "' too");
        }
        if (master != null && !master.matches("[A-Za-z0-9._-]+")) {
            throw Settings.wrong(
                    MASTER, master, "is no name that a Sentinel knows; write letters, digits, '.', '_' or '-'");
        }
        if (user != null && password == null) {
            throw Settings.wrong(USER, user, "has no password; set property '" + PASSWORD + "' too");
        }
        return master == null ? null : new SentinelSettings(master, new Access(user, password));
    }
}
