package io.github.cdimessages.spi;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.PostInDoubtException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

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
     * Asks for a channel's messages, also after each reconnection. Asked for a channel that it has been asked for, it
     * only tells how things are now: after a break, messages arrive later again.
     *
     * @param channel the channel's name
     * @return a stage that is done when they arrive; fails with {@link MessagesException} when the channel is given up
     *     before
     * @throws MessagesException if no channel can have that name
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
     * @return a stage that is done when the network has accepted it, and fails with a {@link MessagesException}: a
     *     {@link PostInDoubtException} where it may arrive all the same, any other where it never will, a
     *     {@link NotReachableException} where it was not patient and the network is away
     * @throws MessagesException if it can't be sent, whatever the network does: it is too large, for example
     */
    CompletionStage<Void> publish(Envelope envelope, boolean patient);

    /**
     * Tells whether a message would leave now.
     *
     * @return false while the network is known to be away
     */
    boolean isReachable();

    /**
     * Tells whether a message on one channel would leave now, and come back here. A transport whose channels go
     * different ways, one of which may be away alone, answers for the way of this one.
     *
     * @param channel the channel's name
     * @return false while the network is known to be away for this channel
     */
    default boolean isReachable(String channel) {
        return isReachable();
    }

    /** Sends what is waiting, for three seconds at most, and disconnects. Idempotent. */
    void stop();

    /**
     * Takes what arrives, each message once and those of one poster in order. Called on the threads that talk to the
     * network: an implementation only files it and returns.
     */
    interface Receiver {

        /**
         * Names this server.
         *
         * @return the origin of all envelopes that it sends
         */
        String origin();

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

        /**
         * Takes note that the way of some channels broke, each time it does: what was accepted there and has not
         * arrived comes late, by recovery, or never. From before this call, {@link Transport#isReachable(String)} is
         * false for them until they are back. A transport that has one way for all channels need not call this, as
         * {@link #lost} says the same of all.
         *
         * @param channels tells whether a channel is one of them
         */
        default void cutOff(Predicate<String> channels) {}

        /**
         * Takes note that the network is away, or a part of it if it has several. While it is, nothing more is told of
         * further parts.
         *
         * @param cause what went wrong
         */
        void lost(String cause);

        /**
         * Takes note that the network is back.
         *
         * @param outage how long it was known to be away
         */
        void restored(Duration outage);

        /**
         * Takes note that messages are missing which this server was subscribed to, and that they won't come.
         *
         * @param channel the channel's name
         * @param origin who posted them; empty if it may be any server
         * @param missed how many, or -1
         * @param cause why
         */
        void gap(String channel, String origin, long missed, String cause);
    }
}
