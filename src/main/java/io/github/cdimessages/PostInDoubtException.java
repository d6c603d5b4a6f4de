package io.github.cdimessages;

/**
 * Says that a message was sent but not confirmed, because the connection broke or the time was over, or that Redis
 * refused to publish it when it was in the log already: some servers may get it, or all, or none. It is not sent again.
 * Post it anew where a duplicate does no harm.
 */
public class PostInDoubtException extends MessagesException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message where, what was given, and the cure
     */
    public PostInDoubtException(String message) {
        super(message);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param message where, what was given, and the cure
     * @param cause what was thrown first
     */
    public PostInDoubtException(String message, Throwable cause) {
        super(message, cause);
    }
}
