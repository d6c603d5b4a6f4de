package io.github.cdimessages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a free port of the loopback interface, which a test can stop, kill, freeze and start again.
 *
 * <pre>{@code
 * try (RedisServerFixture redis = RedisServerFixture.started()) {
 *     … redis.uri() …
 * }
 * }</pre>
 */
public final class RedisServerFixture implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final int port = freePort();
    private final List<String> options;

    // Mutable state: owned by the test's thread
    private Process process;

    private RedisServerFixture(List<String> options) {
        this.options = List.copyOf(options);
    }

    /** A Redis that answers. Options are as on its command line: {@code "--requirepass", "secret"}. */
    public static RedisServerFixture started(String... options) {
        RedisServerFixture redis = new RedisServerFixture(List.of(options));
        redis.start();
        return redis;
    }

    /** A Redis that is not there yet, but has its address. */
    public static RedisServerFixture notStarted(String... options) {
        return new RedisServerFixture(List.of(options));
    }

    /** The value for {@code messages.redis.uri}. */
    public String uri() {
        return "redis://" + HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Starts the process and returns when it answers. */
    public void start() {
        try {
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("redis-server " + options + " on port " + port + " ended with "
                        + process.exitValue() + "; run it by hand to see why: " + String.join(" ", command()));
            }
            Thread.onSpinWait();
        }
    }

    /** Ends the process as SIGKILL does. */
    public void kill() {
        signal("CONT");
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends the process as SIGTERM does: connections are closed in order. */
    public void stop() {
        signal("CONT");
        process.destroy();
        awaitEnd();
    }

    /** Stops it and starts it again on the same port; it has forgotten everything. */
    public void restart() {
        stop();
        start();
    }

    /** SIGSTOP: connections stay open and nothing is read from them. */
    public void freeze() {
        signal("STOP");
    }

    /** Ends {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    /** Does something as a client that is no CDI Messages: {@code redis.raw(jedis -> jedis.publish(…))}. */
    public <T> T raw(Function<Jedis, T> work) {
        try (Jedis jedis = new Jedis(new HostAndPort(HOST, port), config())) {
            return work.apply(jedis);
        }
    }

    /** The lines of CLIENT LIST of the connections that CDI Messages has opened. */
    public List<String> connections() {
        return raw(Jedis::clientList)
                .lines()
                .filter(line -> line.contains(" name=cdi-messages"))
                .toList();
    }

    /** CLIENT KILL of one line of {@link #connections}. */
    public void killConnection(String line) {
        String id = line.substring(line.indexOf("id=") + 3, line.indexOf(' '));
        raw(jedis -> jedis.sendCommand(
                redis.clients.jedis.Protocol.Command.CLIENT,
                "KILL".getBytes(UTF_8),
                "ID".getBytes(UTF_8),
                id.getBytes(UTF_8)));
    }

    /** Ends the process, frozen or not. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(Executable.FILE.getPath()));
        command.addAll(List.of("--port", String.valueOf(port), "--bind", HOST, "--save", "", "--appendonly", "no"));
        command.addAll(options);
        return command;
    }

    private boolean answers() {
        try {
            return raw(jedis -> true);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private DefaultJedisClientConfig config() {
        int at = options.indexOf("--requirepass");
        return DefaultJedisClientConfig.builder()
                .autoNegotiateProtocol(false)
                .password(at < 0 ? null : options.get(at + 1))
                .build();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(10, SECONDS)) {
                throw new IllegalStateException("redis-server " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The binary out of the Maven package, unpacked once a JVM. */
    private static final class Executable {
        static final File FILE = unpack();

        private static File unpack() {
            try {
                Path folder = Files.createTempDirectory("redis");
                folder.toFile().deleteOnExit();
                File file = ExecutableProvider.newJarResourceProvider(folder.toFile())
                        .get();
                file.deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
