package io.github.cdimessages.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A WildFly node: a folder of its own, the installation shared with the others, the war in its deployments. */
final class WildFly {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** What WildFly's own bin/common.sh opens for it. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private final String name;
    private final int port;
    private final Path base;
    private final Process process;

    private WildFly(String name, int port, Path base, Process process) {
        this.name = name;
        this.port = port;
        this.base = base;
        this.process = process;
    }

    static WildFly start(Processes processes, Settings settings, String name, int port, String redisUri) {
        Path base = settings.work().resolve(name);
        try {
            prepare(settings, base);
        } catch (IOException e) {
            throw new CannotStart("cannot prepare " + base + ": " + e, e);
        }
        List<String> command = command(settings, base, name, port, redisUri);
        return new WildFly(name, port, base, processes.start(command, base.resolve("log/console.log")));
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/demo/");
    }

    Path log() {
        return base.resolve("log/server.log");
    }

    void awaitPage() {
        Path failed = base.resolve("deployments/demo.war.failed");
        Wait.until(
                PATIENCE,
                this::answers,
                () -> process.isAlive() && Files.notExists(failed),
                () -> name + " does not come up on port " + port + "; its log says why: "
                        + (Files.exists(log()) ? log() : base.resolve("log/console.log")));
    }

    private boolean answers() {
        try {
            HttpRequest request = HttpRequest.newBuilder(address())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void prepare(Settings settings, Path base) throws IOException {
        deleteTree(base);
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(settings.wildflyHome().resolve("standalone/configuration"))) {
            for (Path file : files.toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        Files.createDirectories(base.resolve("log"));
        Files.copy(
                settings.war(),
                Files.createDirectories(base.resolve("deployments")).resolve("demo.war"));
    }

    private static List<String> command(Settings settings, Path base, String name, int port, String redisUri) {
        Path home = settings.wildflyHome();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-D[Standalone]", "-Xms64m", "-Xmx512m", "-Djava.net.preferIPv4Stack=true"));
        command.addAll(List.of("-Djava.awt.headless=true", "-Djboss.modules.system.pkgs=org.jboss.byteman"));
        command.addAll(OPENED);
        command.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
        command.add("-Dlogging.configuration="
                + base.resolve("configuration/logging.properties").toUri());
        command.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
        command.add("-Djboss.home.dir=" + home);
        command.add("-Djboss.server.base.dir=" + base);
        command.addAll(List.of("-b", "127.0.0.1", "-bmanagement", "127.0.0.1", "-Djboss.node.name=" + name));
        command.add("-Djboss.tx.node.id=" + name);
        command.add("-Djboss.http.port=" + port);
        command.add("-Djboss.https.port=" + Ports.free());
        command.add("-Djboss.management.http.port=" + Ports.free());
        command.addAll(List.of("-Dmessages.node=" + name, "-Dmessages.redis.uri=" + redisUri));
        return command;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
