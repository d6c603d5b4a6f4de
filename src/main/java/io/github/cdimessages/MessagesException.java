package io.github.cdimessages;

/** Says what went wrong with a message or with the way to the other servers. */
public class MessagesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message where, what was given, and the cure
     */
    public MessagesException(String message) {
        super(message);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param message where, what was given, and the cure
     * @param cause what was thrown first
     */
    public MessagesException(String message, Throwable cause) {
        super(message, cause);
    }
}
