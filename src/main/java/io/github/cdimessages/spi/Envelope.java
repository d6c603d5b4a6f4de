package io.github.cdimessages.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What travels between servers: a message as JSON, and what must be known of it without reading the JSON.
 *
 * @param channel the channel's name
 * @param type the message's logical name, never a class to be loaded
 * @param origin the server that posted it
 * @param sequence the number which that server gave it; grows with each of its posts
 * @param postedAtMillis when it was posted, in milliseconds since 1970-01-01T00:00Z
 * @param body the JSON text in UTF-8, backed by an array that nobody changes any more
 */
public record Envelope(
        String channel, String type, String origin, long sequence, long postedAtMillis, ByteBuffer body) {

    /**
     * Gives the message as text; made anew at each call.
     *
     * @return the JSON text
     */
    public String json() {
        return new String(body.array(), body.arrayOffset() + body.position(), body.remaining(), UTF_8);
    }
}
