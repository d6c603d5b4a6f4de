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

    private final Verdict verdict;

    // Mutable state, guarded by this object's monitor
    private @Nullable Guard guard;

    /**
     * Guards a connection.
     *
     * @param closing runs what may wait for a client
     * @param verdict what is known of it
     */
    SocketGuard(SocketSession socket, Executor closing, Verdict verdict) {
        this.socket = socket;
        this.closing = closing;
        this.verdict = verdict;
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

    /** Whether somebody may be called for it. */
    Verdict verdict() {
        return verdict;
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
        if (!verdict.refuse(why)) {
            return;
        }
        socket.listening().end(why);
        socket.cutOffSoon();
        closing.execute(() -> socket.close(code, reason));
    }
}
