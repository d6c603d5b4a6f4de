package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.Revocation;

/**
 * One revocation.
 *
 * @param id names it on all servers
 * @param user whose logins
 * @param revocation which of them
 * @param at when it was called for at the latest, in microseconds by this server's clock: what the network's clock was
 *     then is translated once, as another Redis may take over whose clock is another
 */
record Entry(String id, String user, Revocation revocation, long at) {

    /** Whether it ends a login: one that was made before it. */
    boolean ends(Login login) {
        return user.equals(login.user()) && login.at() <= at && concerns(login);
    }

    /** Whether it ends all that another one ends. */
    boolean covers(Entry other) {
        return at >= other.at && (revocation.equals(Revocation.user()) || revocation.equals(other.revocation));
    }

    private boolean concerns(Login login) {
        if (revocation instanceof Revocation.AuthId one) {
            return login.mayBe(one.id());
        }
        return !(revocation instanceof Revocation.Scopes scopes)
                || scopes.names().stream().anyMatch(login.scopes());
    }
}
