package io.github.cdimessages.internal.cdi;

import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.internal.settings.KnownProperties;
import io.github.cdimessages.internal.settings.Settings;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Reads properties by MicroProfile Config where the server has it, else from the system. */
final class Configuration {
    private static final System.Logger LOG = System.getLogger(Configuration.class.getName());

    private Configuration() {}

    static Settings find() {
        return new Settings(hasMicroProfile() ? MicroProfile::value : Settings::systemValue);
    }

    /** Tells of what looks like one of our properties and is none. */
    static void warn() {
        Iterable<String> names = hasMicroProfile()
                ? MicroProfile.names()
                : Stream.concat(
                                System.getProperties().stringPropertyNames().stream(),
                                System.getenv().keySet().stream())
                        .toList();
        KnownProperties.warnings(names).forEach(warning -> LOG.log(WARNING, warning));
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
        static Iterable<String> names() {
            return ConfigProvider.getConfig().getPropertyNames();
        }

        static @Nullable String value(String property) {
            return ConfigProvider.getConfig()
                    .getOptionalValue(property, String.class)
                    .orElse(null);
        }
    }
}
