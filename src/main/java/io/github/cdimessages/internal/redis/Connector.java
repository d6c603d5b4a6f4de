package io.github.cdimessages.internal.redis;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.JedisURIHelper;

/** Opens the connections of one loop, one after the other, and can close the one that is being opened. */
final class Connector {
    /**
     * A batch of {@link Publisher#CALLER_LIMIT}, written twice, fits in with the kernel's own needs, so that writing it
     * never waits.
     */
    private static final int SEND_BUFFER = 8 * Publisher.CALLER_LIMIT;

    private final HostAndPort address;
    private final JedisClientConfig config;
    private final Object lock = new Object();

    // Mutable state: guarded by lock
    private @Nullable Socket socket;
    private boolean closed;

    Connector(RedisSettings settings, Timing timing, String name) {
        address = JedisURIHelper.getHostAndPort(settings.uri());
        config = DefaultJedisClientConfig.builder()
                .autoNegotiateProtocol(false) // RESP2: understood by every Redis, and all that is needed here
                .connectionTimeoutMillis((int) timing.connect().toMillis())
                .socketTimeoutMillis((int) timing.connect().toMillis())
                .user(JedisURIHelper.getUser(settings.uri()))
                .password(JedisURIHelper.getPassword(settings.uri()))
                .database(JedisURIHelper.getDBIndex(settings.uri()))
                .sslOptions(JedisURIHelper.isRedisSSLScheme(settings.uri()) ? SslOptions.defaults() : null)
                .clientName("cdi-messages-" + name)
                .build();
    }

    /** A connection that has answered; reading it has no time-out. */
    Link connect() {
        Link link = new Link(new OneSocket(), config);
        try {
            link.ping(); // the first to be refused where a password is missing
            link.setSoTimeout(0);
            return link;
        } catch (RuntimeException e) {
            link.giveUp("Redis does not answer a new connection");
            throw e;
        }
    }

    /** Closes what is open and lets nothing be opened again. */
    void close() {
        synchronized (lock) {
            closed = true;
            if (socket != null) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // what matters is that nobody reads it any more
        }
    }

    /** Gives one socket: Jedis would silently open another, unauthenticated, when it writes to one that was closed. */
    private final class OneSocket extends DefaultJedisSocketFactory {

        // Mutable state: written by the thread that connects; later ones only see it after they got the link
        private boolean given;

        OneSocket() {
            super(address, config);
        }

        @Override
        public Socket createSocket() {
            if (given) {
                throw new JedisConnectionException("the connection was closed");
            }
            given = true;
            Socket created = super.createSocket();
            synchronized (lock) {
                socket = created;
                if (closed) {
                    closeQuietly(created);
                    throw new JedisConnectionException("stopped");
                }
            }
            try {
                created.setSendBufferSize(SEND_BUFFER);
                return created;
            } catch (IOException e) {
                closeQuietly(created);
                throw new JedisConnectionException(e);
            }
        }
    }
}
