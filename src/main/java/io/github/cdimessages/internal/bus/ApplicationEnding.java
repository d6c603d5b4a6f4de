package io.github.cdimessages.internal.bus;

/**
 * Fired when the application is about to end, by whoever learns it first: servers differ in the order in which they end
 * EJBs and the application's context. The observers' priorities are the order of the end, and each does its part once.
 */
public record ApplicationEnding() {
    /** WebSocket sessions close, and may still post. */
    public static final int SESSIONS = 1000;
    /** The bus takes no posts any more. */
    public static final int BUS = 2000;
    /** What was posted leaves, and the network link ends. */
    public static final int TRANSPORT = 3000;
    /** Nothing is announced any more, as the observers are about to end. */
    public static final int ANNOUNCEMENTS = 3500;
    /** Nothing runs any more. */
    public static final int THREADS = 4000;
}
