package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.BusSession;
import jakarta.websocket.Session;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ends writes to closed connections. Open Liberty 26.0.0.3 leaves a thread for ever in a blocking write if the client
 * took nothing and the connection was closed meanwhile, as a selector that does not know it any more should wake the
 * thread. An interrupt does: the server takes it for that, tries to write, and the write fails. Where the connection is
 * not closed yet, it waits again.
 */
final class WritesOfLiberty {
    private static final int PAUSE_AT_END_MILLIS = 50;

    // Mutable state: concurrent; sessions that have ended and are still busy
    private final Set<BusSession> busy = ConcurrentHashMap.newKeySet();

    /** Looks after what the session of a closed connection still runs. */
    void release(Session session, BusSession ended) {
        if (session.getClass().getName().startsWith("com.ibm.ws.wsoc.") && ended.interrupt(WritesOfLiberty::isWrite)) {
            busy.add(ended);
        }
    }

    /** Interrupts who still writes; to be called about once a second. */
    void releaseAll() {
        busy.removeIf(ended -> !ended.interrupt(WritesOfLiberty::isWrite));
    }

    /** Does that until nobody is left, or the time comes that {@link System#nanoTime} will tell. */
    void releaseAll(long end) throws InterruptedException {
        releaseAll();
        while (!busy.isEmpty() && end - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AT_END_MILLIS);
            releaseAll();
        }
    }

    private static boolean isWrite(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(10) // those of the server alone
                .anyMatch(frame -> frame.getClassName().startsWith("com.ibm.ws.tcpchannel."));
    }
}
