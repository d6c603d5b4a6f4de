package io.github.cdimessages.spi;

import io.github.cdimessages.MessagesException;
import java.util.concurrent.CompletionStage;

/**
 * Carries envelopes between servers. The library's own uses Redis.
 *
 * <p>Thread rule: safe from any thread; no method but {@link #stop} waits. Stages complete on a thread that neither
 * reads from nor writes to the network.
 */
public interface Transport {

    /**
     * Begins to connect, and goes on until {@link #stop}. Before, subscriptions are remembered and envelopes kept as
     * while the network is away.
     *
     * @param receiver who gets what arrives
     */
    void start(Receiver receiver);

    /**
     * Asks for a channel's messages, also after each reconnection.
     *
     * @param channel the channel's name
     * @return a stage that is done when they arrive; fails with {@link MessagesException} when the channel is given up
     *     before
     */
    CompletionStage<Void> subscribe(String channel);

    /**
     * Gives a channel up. What has been read already may still arrive.
     *
     * @param channel the channel's name
     */
    void unsubscribe(String channel);

    /**
     * Sends an envelope; those of one thread to one channel arrive in order. Waits, within a bound, for a pending
     * {@link #subscribe} of the same channel.
     *
     * @param envelope what to send
     * @param patient whether it may wait while the network is away; if not, it fails at once, or as soon as the link
     *     that carries it breaks, and is not sent later
     * @return a stage that is done when the network has accepted it, and fails with a {@link MessagesException}
     */
    CompletionStage<Void> publish(Envelope envelope, boolean patient);

    /**
     * Tells whether a message would leave now.
     *
     * @return false while the network is known to be away
     */
    boolean isReachable();

    /** Sends what is waiting, for three seconds at most, and disconnects. Idempotent. */
    void stop();

    /** Takes what arrives. Called on the thread that reads the network: an implementation only files it and returns. */
    interface Receiver {

        /**
         * Takes an envelope.
         *
         * @param envelope what has arrived
         */
        void received(Envelope envelope);

        /**
         * Takes something that is no envelope.
         *
         * @param channel the channel on which it came
         * @param problem what is wrong with it
         */
        void malformed(String channel, MessagesException problem);
    }
}
