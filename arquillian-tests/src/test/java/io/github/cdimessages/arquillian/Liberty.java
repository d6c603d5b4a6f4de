package io.github.cdimessages.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An Open Liberty with the {@code server.xml} of {@code server-config}, on ports of its own. */
final class Liberty {
    /** What the tests need besides: Arquillian's adapter talks to the server by JMX. */
    private static final String OVERRIDES = """
            <server>
              <featureManager>
                <feature>localConnector-1.0</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" httpPort="%s" httpsPort="%s"/>
            </server>
            """;

    private Liberty() {}

    /** Makes the server anew; Arquillian starts it. */
    static void make() {
        Path server = Path.of(System.getProperty("server.work"), "servers", "tests");
        try {
            delete(server); // applications that a run has left would start with it
            Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
            Files.copy(Script.forLiberty(), server.resolve("server.xml"));
            Files.writeString(
                    overrides.resolve("tests.xml"),
                    OVERRIDES.formatted(System.getProperty("http.port"), System.getProperty("https.port")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> found;
            try (Stream<Path> files = Files.walk(folder)) {
                found = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : found) {
                Files.delete(file);
            }
        }
    }
}
