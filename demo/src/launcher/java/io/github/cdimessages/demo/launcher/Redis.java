package io.github.cdimessages.demo.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real Redis, from a Maven package: on the loopback interface, without a disk. */
final class Redis {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port;
    private final Process process;

    private Redis(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static Redis start(Processes processes, Path work, int port) {
        Path log = work.resolve("redis.log");
        List<String> command = List.of(
                executable(work), "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "no");
        Redis redis = new Redis(port, processes.start(command, log));
        Wait.until(
                PATIENCE,
                redis::answers,
                redis.process::isAlive,
                () -> "Redis does not start on port " + port + "; its log says why: " + log);
        return redis;
    }

    int port() {
        return port;
    }

    Process process() {
        return process;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    private static String executable(Path work) {
        try {
            Path folder = Files.createDirectories(work.resolve("redis"));
            return ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .getAbsolutePath();
        } catch (IOException | RuntimeException e) {
            throw new CannotStart(
                    "no Redis for " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ": "
                            + e.getMessage() + "; it comes for Linux, macOS and Windows: run the demo on one of these",
                    e);
        }
    }
}
