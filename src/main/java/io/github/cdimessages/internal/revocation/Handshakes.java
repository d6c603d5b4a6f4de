package io.github.cdimessages.internal.revocation;

import java.security.Principal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logins of HTTP requests that are about to become WebSocket sessions. A session shows nothing of its request but the
 * principal, by which it is found here: the same object, or else the same name, the oldest first.
 */
public final class Handshakes {
    private static final int MOST = 10_000;
    private static final long LIFE = TimeUnit.MINUTES.toNanos(1);

    // Mutable state, guarded by this object's monitor
    private final Deque<Handshake> pending = new ArrayDeque<>();

    /** One request; not a record, as two are never equal. */
    public static final class Handshake {
        private final Principal principal;
        private final long at;
        private final @Nullable String authId;
        private final long begunAt = System.nanoTime();

        Handshake(Principal principal, long at, @Nullable String authId) {
            this.principal = principal;
            this.at = at;
            this.authId = authId;
        }

        /** When the login was made, in microseconds. */
        public long at() {
            return at;
        }

        /** The login's name, or null. */
        public @Nullable String authId() {
            return authId;
        }
    }

    synchronized Handshake begin(Principal principal, long at, @Nullable String authId) {
        Handshake one = new Handshake(principal, at, authId);
        while (!pending.isEmpty() && (pending.size() >= MOST || one.begunAt - pending.getFirst().begunAt > LIFE)) {
            pending.removeFirst();
        }
        pending.add(one);
        return one;
    }

    /** It became no session. */
    synchronized void failed(Handshake one) {
        pending.remove(one);
    }

    /** Finds the handshake of a session, or null. */
    public synchronized @Nullable Handshake claim(Principal principal) {
        Handshake found = null;
        for (Handshake each : pending) {
            if (each.principal == principal) {
                found = each;
                break;
            }
            if (found == null && each.principal.getName().equals(principal.getName())) {
                found = each;
            }
        }
        if (found != null) {
            pending.remove(found);
        }
        return found;
    }
}
