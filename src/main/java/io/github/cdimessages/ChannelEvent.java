package io.github.cdimessages;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A message with its envelope: what a listener for every type gets, and what CDI observers may observe.
 *
 * <pre>{@code
 * void audit(@Observes @Channel("orders") ChannelEvent event) {
 *     log(event.origin(), event.postedAt(), event.json());
 * }
 * }</pre>
 *
 * <p>All listeners and observers on a server share one event, its payload and its JSON text: each is made once, when
 * somebody first asks.
 *
 * <p>Thread rule: safe from any thread; no method waits.
 */
public final class ChannelEvent {
    private final String channel;
    private final String origin;
    private final long sequence;
    private final long postedAtMillis;
    private final Reach reach;
    private final Content content;

    /**
     * Makes an event; an application needs this only to test its own observers.
     *
     * @param channel the channel's name
     * @param origin the server that posted the message
     * @param sequence the number which that server gave it
     * @param postedAtMillis when it was posted, in milliseconds since 1970-01-01T00:00Z
     * @param reach how it came here: {@link Reach#LOCAL} or {@link Reach#GLOBAL}
     * @param content the message itself
     */
    public ChannelEvent(
            String channel, String origin, long sequence, long postedAtMillis, Reach reach, Content content) {
        this.channel = requireNonNull(channel, "channel");
        this.origin = requireNonNull(origin, "origin");
        this.sequence = sequence;
        this.postedAtMillis = postedAtMillis;
        this.reach = requireNonNull(reach, "reach");
        this.content = requireNonNull(content, "content");
    }

    /**
     * Names the message on all servers.
     *
     * @param origin the server that posted it
     * @param sequence the number which that server gave it
     * @return the identifier, the same as {@link #messageId()}
     */
    public static String messageId(String origin, long sequence) {
        return origin + ':' + sequence;
    }

    /**
     * Tells where the message was posted.
     *
     * @return the channel's name
     */
    public String channel() {
        return channel;
    }

    /**
     * Gives the message as an object of the class that its sender posted.
     *
     * @return the message, shared with every other listener on this server
     * @throws MessagesException if no type that is known here has the message's name, or JSON-B can't read it
     */
    public Object payload() {
        return content.payload();
    }

    /**
     * Gives the message as an object of a type.
     *
     * @param <T> the type
     * @param type the class that is asked for; a supertype of the message's class, or a class of the same logical name
     * @return the message, shared with every other listener on this server that asks for the type
     * @throws MessagesException if the message is of another type, or JSON-B can't read it
     */
    public <T> T payload(Class<T> type) {
        return content.payload(requireNonNull(type, "type"));
    }

    /**
     * Gives the message as JSON text, written once and shared by all who ask; a global message keeps the text it came
     * with.
     *
     * @return the JSON text
     * @throws MessagesException if JSON-B can't write the message; it names the class
     */
    public String json() {
        return content.json();
    }

    /**
     * Names the message on all servers.
     *
     * @return the identifier, the same as {@link PostResult#messageId()}
     */
    public String messageId() {
        return messageId(origin, sequence);
    }

    /**
     * Tells which server posted the message.
     *
     * @return the server's name: the property {@code messages.node}, a hyphen, and letters made anew at each start
     */
    public String origin() {
        return origin;
    }

    /**
     * Tells when the message was posted, by the clock of the server that posted it.
     *
     * @return the time, in milliseconds
     */
    public Instant postedAt() {
        return Instant.ofEpochMilli(postedAtMillis);
    }

    /**
     * Tells how the message came here.
     *
     * @return {@link Reach#LOCAL} or {@link Reach#GLOBAL}
     */
    public Reach reach() {
        return reach;
    }

    /** Names the channel and the message, but does not show the message: it may be confidential. */
    @Override
    public String toString() {
        return "ChannelEvent[" + channel + ", " + messageId() + ", " + reach + ']';
    }

    /** What an event carries; the library implements it, and a test of an observer may. */
    public interface Content {

        /**
         * Gives the message.
         *
         * @return see {@link ChannelEvent#payload()}
         */
        Object payload();

        /**
         * Gives the message as an object of a type.
         *
         * @param <T> the type
         * @param type the class that is asked for
         * @return see {@link ChannelEvent#payload(Class)}
         */
        <T> T payload(Class<T> type);

        /**
         * Gives the message as JSON text.
         *
         * @return see {@link ChannelEvent#json()}
         */
        String json();
    }
}
