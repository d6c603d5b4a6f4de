package io.github.cdimessages.internal.websocket;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.internal.revocation.Guard;
import io.github.cdimessages.internal.revocation.Guarded;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends a connection because of the login behind it. */
final class SocketGuard implements Guarded {
    private final SocketSession socket;
    private final Executor closing;

    // Mutable state, guarded by this object's monitor
    private @Nullable Guard guard;
    private @Nullable AuthenticationRevokedException refused;
    private boolean entered;

    /**
     * Guards a connection.
     *
     * @param closing runs what may wait for a client
     */
    SocketGuard(SocketSession socket, Executor closing) {
        this.socket = socket;
        this.closing = closing;
    }

    /** Files who knows its login; false if there is somebody. */
    synchronized boolean admits(Supplier<Guard> watching) {
        if (guard != null) {
            return false;
        }
        guard = watching.get();
        return true;
    }

    synchronized Guard guard() {
        return requireNonNull(guard, "admitted before");
    }

    /** Why nobody is to be called for it any more; null while that is not so. */
    synchronized @Nullable AuthenticationRevokedException whyRefused() {
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

    /** The connection has ended. */
    synchronized void close() {
        if (guard != null) {
            guard.close();
        }
    }

    @Override
    public void revoked(AuthenticationRevokedException why) {
        refuse(why, CloseCodes.VIOLATED_POLICY, "your login was revoked; log in again");
    }

    @Override
    public void unchecked(AuthenticationRevokedException why) {
        refuse(why, CloseCodes.TRY_AGAIN_LATER, "your login can't be checked at the moment; connect again later");
    }

    /** Nobody knows who is behind it, because the application's code for that failed. */
    void unidentified() {
        refuse(
                new AuthenticationRevokedException("who is behind " + socket.listening() + " could not be found out"),
                CloseCodes.UNEXPECTED_CONDITION,
                "who you are could not be found out");
    }

    private void refuse(AuthenticationRevokedException why, CloseCodes code, String reason) {
        synchronized (this) {
            if (refused != null) {
                return;
            }
            refused = why;
        }
        socket.listening().end(why);
        socket.cutOffSoon();
        closing.execute(() -> socket.close(code, reason));
    }
}
