package io.github.cdimessages.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import redis.embedded.core.ExecutableProvider;

/** The redis-server of the Maven package, unpacked once a JVM. */
final class EmbeddedRedis {
    static final File FILE = unpack();

    private static File unpack() {
        try {
            return ExecutableProvider.newJarResourceProvider(
                            TemporaryFolder.made("redis").toFile())
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedRedis() {}
}
