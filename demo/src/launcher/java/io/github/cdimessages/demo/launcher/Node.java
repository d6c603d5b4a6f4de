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

/** A server that runs, with the chat on it. */
final class Node {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Server server;
    private final int port;
    private final Path folder;
    private final Process process;

    private Node(Server server, int port, Path folder, Process process) {
        this.server = server;
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    static Node start(Processes processes, Settings settings, Server server, int port, String redisUri) {
        Path folder = settings.work().resolve(server.name());
        try {
            deleteTree(folder);
            Files.createDirectories(folder.resolve("log"));
            server.prepare(folder, settings.wars());
        } catch (IOException e) {
            throw new CannotStart("cannot prepare " + folder + ": " + e, e);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // half the work until the page is there; what runs for minutes gains nothing by the slower compiler
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of("-Djava.net.preferIPv4Stack=true", "-Djava.awt.headless=true"));
        command.addAll(server.command(
                folder,
                settings.wars(),
                port,
                List.of("-Dmessages.node=" + server.name(), "-Dmessages.redis.uri=" + redisUri)));
        return new Node(server, port, folder, processes.start(command, folder.resolve("log/console.log")));
    }

    String name() {
        return server.name();
    }

    String title() {
        return server.title();
    }

    Process process() {
        return process;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/demo/");
    }

    Path log() {
        Path log = server.log(folder);
        return Files.exists(log) ? log : folder.resolve("log/console.log");
    }

    void awaitPage() {
        Wait.until(
                PATIENCE,
                this::answers,
                () -> process.isAlive() && !server.refused(folder),
                () -> title() + " does not come up on port " + port + "; its log says why: " + log());
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
