package io.github.cdimessages;

import java.util.concurrent.CompletionStage;

/**
 * Posts messages to channels and listens to them, for as long as the session lasts in which it is used.
 *
 * <pre>{@code
 * @Inject Messages messages;
 *
 * messages.addListener("orders", Order.class, order -> show(order)); // ends with the session
 * messages.postMessage("orders", new Order(17), Reach.GLOBAL);       // reaches every server
 * }</pre>
 *
 * <p>The session is found anew at each call. The first of these that applies wins:
 *
 * <ol>
 *   <li>in a listener or a stream's consumer that is being called: the session that added it;
 *   <li>in a callback of a WebSocket endpoint, and in whatever it calls: that WebSocket session;
 *   <li>where a request context is active (HTTP request, EJB timer, asynchronous method or observer): that request;
 *   <li>anywhere else: none. Posting works there; listening throws
 *       {@link jakarta.enterprise.context.ContextNotActiveException}.
 * </ol>
 *
 * <p>Inject {@code @ApplicationWide Messages} to listen until the application is undeployed.
 *
 * <p>Thread rule: safe from any thread; no method waits for a listener, another server or Redis.
 *
 * <p>No argument may be null. A channel's name is any text of up to 1,024 bytes in UTF-8 that is not blank. Those that
 * begin with {@code _} are reserved, and refused.
 *
 * @see ApplicationWide
 * @see Channel
 */
public interface Messages {

    /**
     * Posts a message to the listeners and observers on this server: {@link Reach#LOCAL}.
     *
     * @param channel the channel's name, not blank
     * @param message the message; its class has no type parameters (a record around a list, not a list)
     * @return a stage that is already done
     * @throws IllegalArgumentException if the channel is blank, reserved or too long, or if the message's class can't
     *     be a message
     */
    CompletionStage<PostResult> postMessage(String channel, Object message);

    /**
     * Posts a message as far as asked.
     *
     * <p>Messages that one thread posts to one channel with one reach arrive in that order, at every listener on every
     * server. With {@link Reach#GLOBAL} the stage is done when Redis has accepted the message; what goes wrong with
     * Redis fails the stage with a {@link MessagesException}, and is logged too. Code that is attached to the stage
     * never runs on a thread that talks to Redis; it runs on one of the library's, or on one that waits for the stage
     * in {@code join} or {@code get}.
     *
     * @param channel the channel's name, not blank
     * @param message the message; its class has no type parameters, and JSON-B can write it if it leaves this server
     * @param reach how far it goes
     * @return a stage that is done when the message has been accepted
     * @throws IllegalArgumentException if the channel is blank, reserved or too long, or if the message's class can't
     *     be a message
     * @throws IllegalStateException if {@code reach} is {@link Reach#GLOBAL} and Redis is not enabled, or the
     *     application has ended
     * @throws MessagesException if JSON-B can't write the message; it names the class. Also if it is too large for
     *     Redis
     */
    CompletionStage<PostResult> postMessage(String channel, Object message, Reach reach);

    /**
     * Calls a listener with every message of one type that arrives on a channel, until the session ends.
     *
     * <p>A message that this server posts after the call has returned is not missed. Messages of other types are
     * counted and logged once. The same listener added twice for the same channel and type is one listener. Keep the
     * {@link Subscription}, or the listener object, to remove it earlier: a method reference is a new object each time
     * it is written.
     *
     * @param <T> the type of message
     * @param channel the channel's name, not blank
     * @param type the class of message; {@code Object} for messages of every type
     * @param listener what is called; never concurrently with another listener of this session
     * @return the listener's place on the channel
     * @throws IllegalArgumentException if the channel is blank, reserved or too long, or if the type can't be a
     *     message's
     * @throws IllegalStateException if the session has ended
     * @throws jakarta.enterprise.context.ContextNotActiveException if there is no session here
     */
    <T> Subscription addListener(String channel, Class<T> type, ChannelListener<? super T> listener);

    /**
     * Calls a listener with the envelope of every message that arrives on a channel, until the session ends.
     *
     * @param channel the channel's name, not blank
     * @param listener what is called; never concurrently with another listener of this session
     * @return the listener's place on the channel
     * @throws IllegalArgumentException if the channel is blank, reserved or too long
     * @throws IllegalStateException if the session has ended
     * @throws jakarta.enterprise.context.ContextNotActiveException if there is no session here
     */
    Subscription addListener(String channel, ChannelListener<? super ChannelEvent> listener);

    /**
     * Removes a listener from a channel before its session ends.
     *
     * @param channel the channel's name, not blank
     * @param listener the very object that was added in this session, for whatever type
     * @return whether it was there
     * @throws IllegalArgumentException if the channel is blank, reserved or too long
     * @throws jakarta.enterprise.context.ContextNotActiveException if there is no session here; close the
     *     {@link Subscription} then
     */
    boolean removeListener(String channel, ChannelListener<?> listener);

    /**
     * Opens a stream of the messages of one type that arrive on a channel, until the session ends.
     *
     * <p>It hears the channel at once: a message that this server posts after the call has returned is not missed. How
     * much it keeps, and what happens beyond, say the properties {@code messages.stream.capacity} (10,000) and
     * {@code messages.stream.overflow} ({@link OverflowPolicy#DROP_OLDEST}).
     *
     * @param <T> the type of message
     * @param channel the channel's name, not blank
     * @param type the class of message; {@code Object} for messages of every type, {@link ChannelEvent} for the
     *     envelopes of all
     * @return the stream
     * @throws IllegalArgumentException if the channel is blank, reserved or too long, or if the type can't be a
     *     message's
     * @throws IllegalStateException if the session has ended
     * @throws jakarta.enterprise.context.ContextNotActiveException if there is no session here
     */
    <T> MessageStream<T> createStream(String channel, Class<T> type);

    /**
     * Opens a stream with a bound of its own.
     *
     * @param <T> the type of message
     * @param channel the channel's name, not blank
     * @param type the class of message; {@code Object} for messages of every type, {@link ChannelEvent} for the
     *     envelopes of all
     * @param capacity how many messages wait in it at most; at least 1
     * @param overflow what happens to a message for which there is no room
     * @return the stream
     * @throws IllegalArgumentException if the channel is blank, reserved or too long, if the type can't be a message's,
     *     or if the capacity is less than 1
     * @throws IllegalStateException if the session has ended
     * @throws jakarta.enterprise.context.ContextNotActiveException if there is no session here
     * @see #createStream(String, Class)
     */
    <T> MessageStream<T> createStream(String channel, Class<T> type, int capacity, OverflowPolicy overflow);

    /**
     * Ends what a user has open, on every server: WebSocket sessions (closed with 1008), their streams ({@code onError}
     * with {@link AuthenticationRevokedException}), and logins over HTTP. For everything else, the event
     * {@link AuthenticationRevoked} is fired on every server.
     *
     * <p>Here it acts before this method returns. It ends what was authenticated before the call, never a login made
     * after the stage is done. A server that is cut off acts when it is back, or closes all sessions that have a user
     * when that takes longer than the property {@code messages.revocation.max-outage}.
     *
     * @param userIdentifier the user, as {@link Identity#user} names it: by default the name of the principal
     * @param revocation which logins
     * @return a stage that is done when no server can miss it any more, or at once where Redis is not enabled. It fails
     *     with a {@link MessagesException} where Redis could not be told in time: then it has acted here alone, and is
     *     to be repeated
     * @throws IllegalArgumentException if the user is null or blank, or the revocation is null
     * @throws IllegalStateException if the application has ended
     */
    CompletionStage<PostResult> revokeAuthentication(String userIdentifier, Revocation revocation);
}
