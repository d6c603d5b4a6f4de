package io.github.cdimessages.arquillian;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the commands that an administrator has, for the server under test. */
final class Command {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final long MOST_MINUTES = 5;

    /** What is reachable only softly is no leak. This is read by the server that {@code asadmin} starts. */
    private static final String SERVER_OPTION = "-XX:SoftRefLRUPolicyMSPerMB=0";

    private static final String PORT = System.getProperty("management.port");
    private static final Path LOG = Path.of(System.getProperty("server.scripts"), "command.log");

    private Command() {}

    /** Of Payara Server and GlassFish. */
    static void asadmin(String... arguments) {
        Path bin = Path.of(System.getProperty("server.home"), "bin");
        List<String> line = WINDOWS
                ? List.of(bin.resolve("asadmin.bat").toString())
                : List.of("bash", bin.resolve("asadmin").toString());
        run(Stream.of(line, List.of("--port=" + PORT, "--interactive=false"), List.of(arguments)));
    }

    /** Of WildFly. */
    static void jbossCli(String... arguments) {
        Path bin = Path.of(System.getProperty("wildfly.home"), "bin");
        List<String> line = WINDOWS
                ? List.of(bin.resolve("jboss-cli.bat").toString())
                : List.of("bash", bin.resolve("jboss-cli.sh").toString());
        run(Stream.of(
                line, List.of("--connect", "--controller=127.0.0.1:" + PORT, "--timeout=120000"), List.of(arguments)));
    }

    private static void run(Stream<List<String>> parts) {
        List<String> line = parts.flatMap(List::stream).toList();
        String java = System.getProperty("server.java.home");
        ProcessBuilder process =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(LOG.toFile());
        process.environment().put("AS_JAVA", java);
        process.environment().put("JAVA_HOME", java);
        process.environment().put("JAVA_TOOL_OPTIONS", SERVER_OPTION);
        process.environment().put("NOPAUSE", "true"); // jboss-cli.bat
        try {
            Files.createDirectories(LOG.getParent());
            Process running = process.start();
            if (!running.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IllegalStateException(line + ": " + Files.readString(LOG));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
