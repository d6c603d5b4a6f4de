package io.github.cdimessages.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;

/**
 * A real Redis on a free port of the loopback interface, which a test can stop, kill, freeze and start again.
 *
 * <pre>{@code
 * try (RedisServerFixture redis = RedisServerFixture.started()) {
 *     … redis.uri() …
 * }
 * }</pre>
 *
 * It is the Redis 6.2 of the Maven package embedded-redis or, by {@link #redis7}, the Redis 7 of this machine.
 */
public final class RedisServerFixture implements AutoCloseable {
    /** What a busy machine may take. */
    static final int PATIENCE_MILLIS = 60_000;

    private static final String HOST = "127.0.0.1";

    private final int port = FreePort.next();
    private final File executable;
    private final List<String> options;
    private final Path folder;

    // Mutable state: owned by the test's thread
    private Process process;
    private JedisClientConfig access;

    private RedisServerFixture(File executable, List<String> options) {
        this.executable = executable;
        this.options = List.copyOf(options);
        folder = TemporaryFolder.made("redis-data");
        access = access(options);
    }

    /** A Redis that answers. Options are as on its command line: {@code "--requirepass", "secret"}. */
    public static RedisServerFixture started(String... options) {
        RedisServerFixture redis = notStarted(options);
        redis.start();
        return redis;
    }

    /** A Redis that is not there yet, but has its address. */
    public static RedisServerFixture notStarted(String... options) {
        return new RedisServerFixture(EmbeddedRedis.FILE, List.of(options));
    }

    /**
     * A Redis 7 that is not there yet. The test is skipped where this machine has none, unless it must not be.
     *
     * @param options as on its command line; the first may be the path of a configuration file, and only without one it
     *     keeps no data
     */
    public static RedisServerFixture redis7(String... options) {
        return new RedisServerFixture(InstalledRedis.file(), List.of(options));
    }

    /** Says how {@link #raw} gets in, and that the port is one of TLS if that is how. */
    public RedisServerFixture accessedBy(JedisClientConfig newAccess) {
        access = newAccess;
        return this;
    }

    /** Where it keeps its data; empty when it is started first, gone when the JVM ends. */
    public Path folder() {
        return folder;
    }

    /** The value for {@code messages.redis.uri}. */
    public String uri() {
        return (isTls() ? "rediss://" : "redis://") + HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Starts the process and returns when it answers. */
    public void start() {
        try {
            process = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = System.nanoTime() + SECONDS.toNanos(30);
        for (RuntimeException problem = askFor(); problem != null; problem = askFor()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "redis-server on port " + port + " does not answer; run it by hand to see why: "
                                + String.join(" ", command()),
                        problem);
            }
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
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
        try (Jedis jedis = new Jedis(new HostAndPort(HOST, port), access)) {
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

    /**
     * The addresses, as a new one would have another, of those to post and to hear; not of that by which logs are read,
     * which may be open yet.
     */
    public List<String> lastingConnections() {
        return connections().stream()
                .filter(line -> line.contains("-publisher") || line.contains("-subscriber"))
                .map(line -> line.replaceAll(".* addr=(\\S+) .*", "$1"))
                .sorted()
                .toList();
    }

    /** CLIENT KILL of one line of {@link #connections}. */
    public void killConnection(String line) {
        String id = line.substring(line.indexOf("id=") + 3, line.indexOf(' '));
        raw(jedis -> jedis.sendCommand(Protocol.Command.CLIENT, "KILL", "ID", id));
    }

    /** Ends the process, frozen or not. */
    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }

    private List<String> command() {
        boolean file = !options.isEmpty() && !options.get(0).startsWith("--");
        List<String> command = new ArrayList<>(List.of(executable.getPath()));
        if (file) {
            command.add(Path.of(options.get(0)).toAbsolutePath().toString());
        }
        command.addAll(List.of(
                isTls() ? "--tls-port" : "--port", String.valueOf(port), "--bind", HOST, "--dir", folder.toString()));
        if (!file) {
            command.addAll(List.of("--save", "", "--appendonly", "no"));
        }
        command.addAll(options.subList(file ? 1 : 0, options.size()));
        return command;
    }

    /** What keeps it from answering; null if nothing does. */
    private RuntimeException askFor() {
        try {
            raw(Jedis::ping);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private boolean isTls() {
        return access.getSslOptions() != null;
    }

    private static JedisClientConfig access(List<String> options) {
        int at = options.indexOf("--requirepass");
        return DefaultJedisClientConfig.builder()
                .timeoutMillis(PATIENCE_MILLIS)
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
}
