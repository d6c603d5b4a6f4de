package io.github.cdimessages.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Payara Server or a GlassFish with a domain of its own, on ports of its own. */
final class Domain {
    private static final String NAME = "tests";
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

    private final Path work = Path.of(System.getProperty("server.work"));

    /** Makes the domain and starts it. */
    void start() {
        try {
            Files.createDirectories(work);
            if (Files.exists(work.resolve(NAME))) {
                Command.asadmin("delete-domain", "--domaindir=" + work, NAME);
            }
            Command.asadmin(
                    "create-domain",
                    "--nopassword=true",
                    "--domaindir=" + work,
                    "--adminport=" + System.getProperty("management.port"),
                    "--instanceport=" + System.getProperty("http.port"),
                    "--domainproperties=http.ssl.port=" + System.getProperty("https.port") + freePorts(),
                    NAME);
            Command.asadmin("start-domain", "--domaindir=" + work, NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        Command.asadmin("stop-domain", "--domaindir=" + work, "--kill=true", NAME);
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
}
