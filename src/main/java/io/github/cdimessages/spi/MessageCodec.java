package io.github.cdimessages.spi;

import io.github.cdimessages.MessagesException;

/**
 * Turns messages into JSON text and back. The library's own uses JSON-B.
 *
 * <p>Thread rule: called from any thread, several at a time; never from one that talks to Redis.
 */
public interface MessageCodec {

    /**
     * Writes a message.
     *
     * @param message the message, not null
     * @return the JSON text
     * @throws MessagesException if it can't be written; it names the class
     */
    String encode(Object message);

    /**
     * Reads a message.
     *
     * @param <T> the type
     * @param json the JSON text
     * @param type the class to make, which the application declared
     * @return the message, not null
     * @throws MessagesException if the text is not such a message; it names the class
     */
    <T> T decode(String json, Class<T> type);
}
