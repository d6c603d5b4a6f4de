package io.github.cdimessages.internal.bus;

import io.github.cdimessages.MessagesException;

/** A message is of another type than who asked for it expects; no failure of the message. */
final class WrongTypeException extends MessagesException {
    private static final long serialVersionUID = 1L;

    WrongTypeException(String message) {
        super(message);
    }
}
