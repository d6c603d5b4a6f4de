package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches over one session: knows its login, and ends it. */
public final class Guard {
    private final Guards guards;
    private final Guarded session;
    private final @Nullable Set<String> needed;

    // Mutable state: the login is guarded by this object's monitor, and is also read without it
    private volatile @Nullable Login login;
    private boolean identified;
    private boolean closed;

    Guard(Guards guards, Guarded session, @Nullable Set<String> needed) {
        this.guards = guards;
        this.session = session;
        this.needed = needed;
    }

    /**
     * Learns who is behind the session, and ends it if that login has been revoked. It is filed first and looked up
     * then, while a revocation is filed first and looks for sessions then: one of the two finds the other.
     *
     * @param openedAt when it was authenticated, if the identity does not say so
     * @param authIds the login's name, or what it may be, if the identity does not say so
     */
    public void identify(@Nullable Identity identity, long openedAt, Set<String> authIds) {
        identify(identity, openedAt, authIds, true);
    }

    /** As {@link #identify}, unless somebody has said already who it is: that is news, and this is from before. */
    public void introduce(@Nullable Identity identity, long openedAt, Set<String> authIds) {
        identify(identity, openedAt, authIds, false);
    }

    private void identify(@Nullable Identity identity, long openedAt, Set<String> authIds, boolean isNews) {
        Login fresh = identity == null ? null : Login.of(identity, openedAt, authIds, needed);
        synchronized (this) {
            if (identified && !isNews) {
                return;
            }
            identified = true;
            Login before = login;
            login = fresh;
            if (fresh != null && !closed) {
                guards.file(fresh.user(), this);
            }
            if (before != null && (fresh == null || !before.user().equals(fresh.user()))) {
                guards.remove(before.user(), this);
            }
        }
        if (fresh != null) {
            guards.check(this, fresh);
        }
    }

    /** The session has ended. */
    public synchronized void close() {
        closed = true;
        if (login != null) {
            guards.remove(login.user(), this);
        }
    }

    void endIf(Entry entry) {
        Login current = login;
        if (current != null && entry.ends(current)) {
            session.revoked(revoked(current.user()));
        }
    }

    void endRevoked(Login of) {
        session.revoked(revoked(of.user()));
    }

    void endUnchecked() {
        Login current = login;
        if (current != null) {
            session.unchecked(new AuthenticationRevokedException("the login of '" + current.user()
                    + "' can't be checked: Redis is away for longer than property '" + RevocationSettings.MAX_OUTAGE
                    + "' allows"));
        }
    }

    private static AuthenticationRevokedException revoked(String user) {
        return new AuthenticationRevokedException("the login of '" + user + "' was revoked");
    }
}
