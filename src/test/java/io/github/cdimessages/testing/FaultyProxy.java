package io.github.cdimessages.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between one client and Redis and does to their connections what networks do: cuts, delays, freezes and slows
 * them down, or loses all they say in silence.
 */
public final class FaultyProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

    // Mutable state: written by the test's thread
    private volatile int target;
    private volatile boolean refusing;
    private volatile Set<Direction> frozen = Set.of();
    private volatile long delayMillis;
    private volatile int bytesPerSecond = Integer.MAX_VALUE;

    /** Which way bytes go. */
    public enum Direction {
        TO_REDIS,
        FROM_REDIS
    }

    private FaultyProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProxiedConnection.start("proxy", this::accept);
    }

    /** A proxy of a Redis, which has no fault yet. */
    public static FaultyProxy of(RedisServerFixture redis) {
        return new FaultyProxy(redis.port());
    }

    /** The value for {@code messages.redis.uri}. */
    public String uri() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Closes all connections; new ones are let through. */
    public void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Closes all connections after so many more bytes of one direction, where these end. */
    public void cutAfter(Direction direction, int bytes) {
        connections.forEach(each -> each.cutAfter(direction, bytes));
    }

    /** Accepts connections and closes them at once, until {@link #heal}. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Keeps connections open and forwards nothing in these directions, until {@link #heal}. */
    public void freeze(Direction... directions) {
        frozen = Set.of(directions);
    }

    /**
     * Half-open: takes what is said in these directions on today's connections and forwards nothing of it, ever. New
     * ones are let through.
     */
    public void lose(Direction... directions) {
        Set<Direction> lost = Set.of(directions);
        connections.forEach(each -> each.lose(lost));
    }

    /** Holds each piece back for a time, until {@link #heal}. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** Forwards no more than so many bytes a second in each direction of each connection, until {@link #heal}. */
    public void limit(int newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /** Lets new connections through to another Redis, as a balancer or a name of two addresses may. */
    public void leadTo(RedisServerFixture redis) {
        target = redis.port();
    }

    /** Has no fault any more. What was lost stays lost. */
    public void heal() {
        refusing = false;
        frozen = Set.of();
        delayMillis = 0;
        bytesPerSecond = Integer.MAX_VALUE;
        connections.forEach(ProxiedConnection::wake);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        cut();
    }

    boolean isFrozen(Direction direction) {
        return frozen.contains(direction);
    }

    long delayMillis() {
        return delayMillis;
    }

    int bytesPerSecond() {
        return bytesPerSecond;
    }

    void closed(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    client.close();
                } else {
                    serve(client);
                }
            } catch (IOException e) {
                // closed, or the client has gone
            }
        }
    }

    private void serve(Socket client) throws IOException {
        try {
            ProxiedConnection connection =
                    new ProxiedConnection(this, client, new Socket(InetAddress.getLoopbackAddress(), target));
            connections.add(connection);
            connection.start();
        } catch (IOException e) {
            client.close(); // Redis is not there
        }
    }
}
