package io.github.cdimessages;

/** Ends the streams of a session whose login was revoked, or can't be checked any more. */
public class AuthenticationRevokedException extends MessagesException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message whose login, and why it ended
     */
    public AuthenticationRevokedException(String message) {
        super(message);
    }
}
