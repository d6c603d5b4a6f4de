package io.github.cdimessages.internal.bus;

/** What a session stands for, if it can be closed from here. */
public interface SessionOwner {

    /** For a session that somebody else ends, such as a request. */
    SessionOwner NOBODY = () -> {};

    /** Closes what the session stands for, because it did not keep up; it has ended. May wait. */
    void closeOverloaded();

    /** Whether it is not known to be closed: then nobody is to be called for it any more. */
    default boolean isOpen() {
        return true;
    }
}
