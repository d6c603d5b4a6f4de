package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.MessagesException;

/** A revocation can't be written, however often that is tried. */
public final class UnwritableException extends MessagesException {
    private static final long serialVersionUID = 1L;

    /** Takes over what an exception says. */
    public UnwritableException(MessagesException problem) {
        super(String.valueOf(problem.getMessage()), problem);
    }
}
