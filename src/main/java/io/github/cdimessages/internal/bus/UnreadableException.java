package io.github.cdimessages.internal.bus;

import io.github.cdimessages.MessagesException;

/** A message can't be read; apart, because a listener may throw a MessagesException of its own, as from a post. */
final class UnreadableException extends MessagesException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
        super(message);
    }

    /** A codec has thrown it. */
    UnreadableException(MessagesException problem) {
        super(String.valueOf(problem.getMessage()), problem);
    }
}
