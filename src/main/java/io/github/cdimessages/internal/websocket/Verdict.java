package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.AuthenticationRevokedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the callbacks of a connection may run, because of the login behind it. */
final class Verdict {
    // Mutable state, guarded by this object's monitor
    private @Nullable AuthenticationRevokedException refused;
    private boolean entered;

    /** None of them may any more; false if that is known. */
    synchronized boolean refuse(AuthenticationRevokedException why) {
        boolean news = refused == null;
        if (news) {
            refused = why;
        }
        return news;
    }

    /** Why none of them may any more; null while that is not so. */
    synchronized @Nullable AuthenticationRevokedException why() {
        return refused;
    }

    /**
     * Tells why a callback must not run; null if it may. Nobody acts for a refused login, but what was once called is
     * called at the end, too: it may have to clean up.
     */
    synchronized @Nullable AuthenticationRevokedException enter(boolean isEnd) {
        if (refused != null && !(entered && isEnd)) {
            return refused;
        }
        entered = true;
        return null;
    }

    /** The refused connections that have ended, as somebody may act for them still; bounded. */
    static final class Memory {
        private static final int MOST = 10_000;

        // Mutable state, guarded by this object's monitor; by the server's session id, the oldest first
        private final Map<String, Verdict> ended = new LinkedHashMap<>();

        /** Keeps what became of a connection. */
        synchronized void keep(String id, Verdict verdict) {
            if (verdict.why() == null) {
                return;
            }
            if (ended.size() >= MOST) {
                ended.remove(ended.keySet().iterator().next());
            }
            ended.put(id, verdict);
        }

        /** What became of a connection that has ended. */
        synchronized Verdict of(String id) {
            return ended.getOrDefault(id, new Verdict());
        }
    }
}
