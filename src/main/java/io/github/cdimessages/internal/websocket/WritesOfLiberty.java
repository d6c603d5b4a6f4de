package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.internal.bus.Ticker;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends writes to closed connections. Open Liberty 26.0.0.3 leaves a thread for ever in a blocking write if the client
 * took nothing and the connection was closed meanwhile, as a selector that does not know it any more should wake the
 * thread. An interrupt does: the server takes it for that, tries to write, and the write fails.
 */
final class WritesOfLiberty {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Ticker ticker;

    // Mutable state: concurrent; sessions that have ended and are still busy
    private final Set<BusSession> busy = ConcurrentHashMap.newKeySet();

    // Mutable state, guarded by this object's monitor
    private boolean looking;

    WritesOfLiberty(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Looks after what the session of a closed connection still runs. */
    void release(Session session, BusSession ended) {
        if (session.getClass().getName().startsWith("com.ibm.ws.wsoc.") && ended.interrupt(WritesOfLiberty::isWrite)) {
            busy.add(ended);
            look();
        }
    }

    private synchronized void look() {
        if (!looking) {
            looking = true;
            ticker.every(PAUSE, this::releaseAll);
        }
    }

    /** Interrupts who still writes. */
    void releaseAll() {
        busy.removeIf(ended -> !ended.interrupt(WritesOfLiberty::isWrite));
    }

    private static boolean isWrite(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(10) // those of the server alone
                .anyMatch(frame -> frame.getClassName().startsWith("com.ibm.ws.tcpchannel."));
    }
}
