package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.nodes.Whereabouts;
import io.github.cdimessages.internal.redis.settings.Access;
import io.github.cdimessages.internal.redis.settings.RedisAddress;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.internal.redis.settings.Tls;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens the connections of one loop, one after the other, and can close the one that is being opened. */
final class Connector {
    /**
     * A batch of {@link BatchWriter#CALLER_LIMIT}, written twice, fits in with the kernel's own needs, so that writing
     * it never waits.
     */
    private static final int SEND_BUFFER = 8 * BatchWriter.CALLER_LIMIT;

    private final RedisAddress address;
    private final @Nullable Tls tls;
    private final Whereabouts whereabouts;
    private final Timing timing;
    private final String clientName;
    private final Object lock = new Object();

    // Mutable state: guarded by lock
    private @Nullable Socket socket;
    private boolean closed;

    Connector(RedisSettings settings, Whereabouts whereabouts, Timing timing, String name) {
        address = settings.address();
        tls = settings.tls();
        this.whereabouts = whereabouts;
        this.timing = timing;
        clientName = "cdi-messages-" + name;
    }

    /** A connection to where Redis is now, which has answered; reading it has no time-out. */
    Link connect() {
        HostAndPort where = whereabouts.find(this::ask);
        Link link = open(where, config(address.access(), address.database()));
        try {
            whereabouts.check(link);
            link.setSoTimeout(0);
            return link;
        } catch (RuntimeException e) {
            link.giveUp("Redis at " + where + " is not the right one");
            throw e;
        }
    }

    private <T> T ask(HostAndPort whom, Access access, Function<Calls, T> question) {
        Link link = open(whom, config(access, 0));
        try {
            return question.apply(link);
        } finally {
            link.giveUp("the question is answered");
        }
    }

    private Link open(HostAndPort where, JedisClientConfig config) {
        OneSocket socketOfLink = new OneSocket(where, config);
        try {
            Link link = new Link(where, socketOfLink, config, tls == null, socketOfLink::cut);
            link.ping(); // the first to be refused where a password is missing
            return link;
        } catch (RuntimeException e) {
            boolean connected = socketOfLink.cut();
            throw tls != null && connected && e instanceof JedisConnectionException ? Tls.silent(e) : e;
        }
    }

    private JedisClientConfig config(Access access, int database) {
        return DefaultJedisClientConfig.builder()
                .autoNegotiateProtocol(false) // RESP2: understood by every Redis, and all that is needed here
                .connectionTimeoutMillis((int) timing.connect().toMillis())
                .socketTimeoutMillis((int) timing.connect().toMillis())
                .user(access.user())
                .password(access.password())
                .database(database)
                .clientName(clientName)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // a command less for which a user needs rights
                .build();
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

    private void throwIfClosed() {
        synchronized (lock) {
            if (closed) {
                throw new JedisConnectionException("stopped");
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
        private final HostAndPort where;

        // Mutable state: written by the thread that connects; later ones only see it after they got the link
        private @Nullable Socket raw;

        OneSocket(HostAndPort where, JedisClientConfig config) {
            super(where, config);
            this.where = where;
        }

        @Override
        public Socket createSocket() {
            if (raw != null) {
                throw new JedisConnectionException("the connection was closed");
            }
            throwIfClosed();
            Socket created = super.createSocket();
            raw = created;
            synchronized (lock) {
                socket = created;
                if (closed) {
                    closeQuietly(created);
                    throw new JedisConnectionException("stopped");
                }
            }
            try {
                created.setSendBufferSize(SEND_BUFFER);
                return tls == null ? created : tls.over(created, where);
            } catch (IOException e) {
                closeQuietly(created);
                throw new JedisConnectionException(e);
            }
        }

        /** Closes what is below TLS, whose own closing would wait for a write that hangs; tells if there was any. */
        boolean cut() {
            if (raw != null) {
                closeQuietly(raw);
            }
            return raw != null;
        }
    }
}
