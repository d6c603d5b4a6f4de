package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.settings.Settings;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Reads properties by MicroProfile Config where the server has it, else from the system. */
final class Configuration {
    private Configuration() {}

    static Settings find() {
        return new Settings(hasMicroProfile() ? MicroProfile::value : Settings::systemValue);
    }

    private static boolean hasMicroProfile() {
        try {
            MicroProfile.value("messages.redis.uri");
            return true;
        } catch (LinkageError | IllegalStateException e) {
            return false; // the API is missing, or nothing implements it
        }
    }

    /** Apart, because MicroProfile's classes are not there on every server. */
    private static final class MicroProfile {
        static @Nullable String value(String property) {
            return ConfigProvider.getConfig()
                    .getOptionalValue(property, String.class)
                    .orElse(null);
        }
    }
}
