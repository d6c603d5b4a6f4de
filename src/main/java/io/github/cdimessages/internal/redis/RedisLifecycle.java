package io.github.cdimessages.internal.redis;

import io.github.cdimessages.spi.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Starts and stops the link to Redis once, whoever asks first: the singleton EJB, or CDI where there is none. */
public final class RedisLifecycle {
    private final @Nullable RedisTransport transport;
    private final Transport.@Nullable Receiver receiver;

    // Mutable state: guarded by this
    private boolean started;
    private boolean stopped;

    private RedisLifecycle(@Nullable RedisTransport transport, Transport.@Nullable Receiver receiver) {
        this.transport = transport;
        this.receiver = receiver;
    }

    /** The lifecycle of a transport. */
    public static RedisLifecycle of(RedisTransport transport, Transport.Receiver receiver) {
        return new RedisLifecycle(transport, receiver);
    }

    /** For an application without Redis: nothing starts. */
    public static RedisLifecycle none() {
        return new RedisLifecycle(null, null);
    }

    /** Starts on the threads that the transport was made with. */
    public void start() {
        start(null);
    }

    /** Starts on threads of the server; null for those that the transport was made with. */
    public synchronized void start(@Nullable ThreadFactory threads) {
        if (started || stopped || transport == null || receiver == null) {
            return;
        }
        started = true;
        if (threads == null) {
            transport.start(receiver);
        } else {
            transport.start(receiver, threads);
        }
    }

    /** Stops, within a bound; nothing starts afterwards. */
    public void stop() {
        synchronized (this) {
            stopped = true;
        }
        if (transport != null) {
            transport.stop();
        }
    }
}
