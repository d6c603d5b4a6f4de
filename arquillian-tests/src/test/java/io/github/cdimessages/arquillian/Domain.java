package io.github.cdimessages.arquillian;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Payara Server or a GlassFish with a domain of its own, on ports of its own, and set up by the script of
 * {@code server-config} that an administrator runs.
 */
final class Domain {
    private static final String NAME = "tests";
    private static final String ADDRESS = "localhost\\\\:6379";
    private static final List<String> OTHER_PORTS = List.of(
            "jms.port",
            "domain.jmxPort",
            "orb.listener.port",
            "orb.ssl.port",
            "orb.mutualauth.port",
            "osgi.shell.telnet.port",
            "java.debugger.port",
            "hazelcast.das.port",
            "hazelcast.start.port");
    private static final long MOST_MINUTES = 5;

    private final Path work = Path.of(System.getProperty("server.work"));
    private final String adminPort = System.getProperty("management.port");

    /** Makes the domain, starts it and runs the script. */
    void start(String script) {
        try {
            Files.createDirectories(work);
            if (Files.exists(work.resolve(NAME))) {
                asadmin("delete-domain", "--domaindir=" + work, NAME);
            }
            asadmin(
                    "create-domain",
                    "--nopassword=true",
                    "--domaindir=" + work,
                    "--adminport=" + adminPort,
                    "--instanceport=" + System.getProperty("http.port"),
                    "--domainproperties=http.ssl.port=" + System.getProperty("https.port") + freePorts(),
                    NAME);
            asadmin("start-domain", "--domaindir=" + work, NAME);
            asadmin("multimode", "--file=" + edited(Path.of(System.getProperty("server.config"), script)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        asadmin("stop-domain", "--domaindir=" + work, "--kill=true", NAME);
    }

    /** The script as its first lines tell: with the address of the Redis that is there. */
    private Path edited(Path script) throws IOException {
        String text = Files.readString(script);
        if (!text.contains(ADDRESS)) {
            throw new IllegalStateException(script + " does not name " + ADDRESS);
        }
        return Files.writeString(
                work.resolve(script.getFileName()),
                text.replace(ADDRESS, "127.0.0.1\\\\:" + System.getProperty("redis.port")));
    }

    private static String freePorts() throws IOException {
        StringBuilder free = new StringBuilder();
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (String name : OTHER_PORTS) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                free.append(':').append(name).append('=').append(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return free.toString();
    }

    private static List<String> asadmin() {
        Path bin = Path.of(System.getProperty("server.home"), "bin");
        return File.separatorChar == '/'
                ? List.of("bash", bin.resolve("asadmin").toString())
                : List.of(bin.resolve("asadmin.bat").toString());
    }

    private void asadmin(String... command) {
        String java = System.getProperty("server.java.home");
        List<String> line = new ArrayList<>(asadmin());
        line.addAll(List.of("--port=" + adminPort, "--interactive=false"));
        line.addAll(List.of(command));
        File log = work.resolve(command[0] + ".log").toFile();
        ProcessBuilder process =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log);
        process.environment().put("AS_JAVA", java);
        process.environment().put("JAVA_HOME", java);
        try {
            Process running = process.start();
            if (!running.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IllegalStateException(line + ": " + Files.readString(log.toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
