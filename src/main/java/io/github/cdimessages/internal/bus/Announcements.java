package io.github.cdimessages.internal.bus;

/** Where the bus tells the application what became of its messages; a container fires CDI events here. */
@FunctionalInterface
public interface Announcements {

    /** For a bus that nobody observes. */
    Announcements NONE = event -> {};

    /** Announces an event soon, on a worker; called on any thread. */
    void announce(Object event);
}
