package io.github.cdimessages.spi;

import io.github.cdimessages.MessagesException;

/** Says that an envelope that was not to wait was not sent, because the network is away. */
public class NotReachableException extends MessagesException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message where, what was given, and the cure
     */
    public NotReachableException(String message) {
        super(message);
    }
}
