package io.github.cdimessages.demo.launcher;

/** Why the demo does not run, and what to do: one line that a person can read. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String message) {
        super(message);
    }

    CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
