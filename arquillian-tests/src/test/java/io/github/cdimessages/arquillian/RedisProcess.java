package io.github.cdimessages.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import redis.embedded.RedisServer;

/** A real Redis beside the servers, on the loopback interface; ends with the tests at the latest. */
final class RedisProcess {
    private static final RedisProcess SHARED = new RedisProcess(Integer.getInteger("redis.port"));

    private final int port;
    private final RedisServer server;

    // Mutable state: guarded by this object's monitor
    private boolean started;

    RedisProcess(int port) {
        this.port = port;
        try {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one at the address that the servers were told, running. */
    static RedisProcess shared() {
        SHARED.start();
        return SHARED;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    synchronized void start() {
        if (!started) {
            try {
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            started = true;
        }
    }

    synchronized void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
