package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.PubSub;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * One connection to Redis, not pooled: one thread reads, and one at a time writes.
 *
 * <p>Jedis brings the protocol, authentication and TLS. Its BinaryJedisPubSub is not used: it writes on the threads of
 * those who subscribe, and a single channel that Redis refuses ends its loop.
 */
final class Link extends Connection implements Calls {
    private static final Object COMES = new Object();
    private static final Object COMES_NOT = new Object();

    private final HostAndPort where;
    private final boolean canBeAwaited;
    private final Runnable cut;
    private final long openedAt = System.nanoTime();

    // Mutable state: the first thread that gives the link up writes it; read by the one that reads the link
    private volatile @Nullable String givenUp;

    // Mutable state: owned by the thread that reads
    private boolean looking;

    /**
     * Connects.
     *
     * @param canBeAwaited whether a time-out while reading loses nothing that was read
     */
    Link(HostAndPort where, JedisSocketFactory sockets, JedisClientConfig config, boolean canBeAwaited, Runnable cut) {
        super(sockets, config);
        this.where = where;
        this.canBeAwaited = canBeAwaited;
        this.cut = cut;
    }

    void publish(PubSub commands, byte[] channel, byte[] envelope) {
        sendCommand(new CommandArguments(commands.publish).add(channel).add(envelope));
    }

    @Override
    public void send(Command command, List<byte[]> arguments) {
        CommandArguments whole = new CommandArguments(command);
        arguments.forEach(whole::add);
        sendCommand(whole);
    }

    @Override
    public Object call(Command command, List<byte[]> arguments) {
        send(command, arguments);
        flush();
        Object reply = read();
        if (reply instanceof JedisDataException refusal) {
            throw refusal;
        }
        return reply;
    }

    void flushOut() {
        flush();
    }

    /** The next reply; where Redis refuses something, the refusal is the reply. */
    Object read() {
        try {
            return getUnflushedObject();
        } catch (JedisDataException refusal) {
            if (Causes.isOfCluster(refusal)) { // nothing on this connection may go on as if only this were refused
                throw new JedisConnectionException(
                        "the Cluster serves this elsewhere, or not now: " + refusal.getMessage());
            }
            return refusal;
        } catch (JedisConnectionException e) {
            String reason = givenUp;
            throw reason == null ? e : new JedisConnectionException(reason); // "Socket closed" would hide it
        }
    }

    /** Whether {@link #awaitReply} may be used. */
    boolean canBeAwaited() {
        return canBeAwaited;
    }

    /**
     * Whether a reply begins to come within the time; nothing of it is read yet.
     *
     * @param millis at least 1
     */
    boolean awaitReply(int millis) {
        setSoTimeout(millis);
        looking = true;
        try {
            return read() == COMES;
        } finally {
            looking = false;
            setSoTimeout(0);
        }
    }

    @Override
    protected Object protocolRead(RedisInputStream in, PushConsumerChain consumers) {
        if (!looking) {
            return super.protocolRead(in, consumers);
        }
        try {
            in.peek((byte) 0);
            return COMES;
        } catch (JedisConnectionException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                return COMES_NOT;
            }
            throw e;
        }
    }

    /** Of two connections that lead to different nodes, gives the older one up. */
    void reconcile(Link other) {
        if (!where.equals(other.where)) {
            Link older = older(other);
            older.giveUp("what it is for is now at " + (older == this ? other : this).where);
        }
    }

    Link older(Link other) {
        return openedAt - other.openedAt < 0 ? this : other;
    }

    /** Closes the socket, from any thread: who reads or writes gets an exception. */
    void giveUp(String reason) {
        if (givenUp == null) {
            givenUp = reason;
        }
        cut.run();
        try {
            forceDisconnect();
        } catch (IOException e) {
            // Jedis closes quietly and only declares it
        }
    }
}
