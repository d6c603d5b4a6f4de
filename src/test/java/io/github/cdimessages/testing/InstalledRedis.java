package io.github.cdimessages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The redis-server 7 or newer that is installed on this machine; Debian's package redis-server has one. */
final class InstalledRedis {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)");
    private static final File FILE = find();

    /** Skips the test where there is none, except where all tests must run. */
    static File file() {
        if (FILE == null) {
            String cure = "install redis-server 7 or newer, so that it is found in the PATH";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(cure);
            }
            Assumptions.abort(cure);
        }
        return FILE;
    }

    private static File find() {
        return Stream.of((System.getenv("PATH") + ":/usr/bin:/usr/local/bin").split(":"))
                .map(folder -> new File(folder, "redis-server"))
                .filter(file -> file.canExecute() && version(file) >= 7)
                .findFirst()
                .orElse(null);
    }

    private static int version(File file) {
        try {
            Process process = new ProcessBuilder(file.getPath(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            Matcher version = VERSION.matcher(said);
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InstalledRedis() {}
}
