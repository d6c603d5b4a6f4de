package io.github.cdimessages;

/**
 * What happens to a message for which there is no room, because a session or a stream does not keep up. Whatever is
 * dropped is counted, logged and announced as an {@link InboxOverflow}.
 *
 * <p>The property {@code messages.inbox.overflow} chooses it for sessions, {@code messages.stream.overflow} for
 * streams.
 */
public enum OverflowPolicy {

    /** The message that has waited longest is dropped: who falls behind sees the present. The default. */
    DROP_OLDEST,

    /** The message that has just come is dropped: who falls behind sees the past without a hole. */
    DROP_NEWEST,

    /**
     * The session ends, with all that waits in it: nobody gets a sequence with a hole. A WebSocket is closed with code
     * 1013 (try again later). What listens as long as the application, observers included, can't be closed for it:
     * there the oldest message is dropped, and of streams the one that is full is closed alone.
     */
    CLOSE_SESSION
}
