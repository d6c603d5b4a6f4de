package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.Revocation;

/**
 * One revocation.
 *
 * @param id names it on all servers
 * @param user whose logins
 * @param revocation which of them
 * @param at when it was called for, in microseconds
 * @param here whether that is by this server's clock, as it was called for here; else by the network's
 */
record Entry(String id, String user, Revocation revocation, long at, boolean here) {

    /** Whether it ends a login: one that was made before it. */
    boolean ends(Login login, NetworkClock clock) {
        return user.equals(login.user()) && (here ? login.at() : clock.earliest(login.at())) <= at && concerns(login);
    }

    /** Whether it ends all that another one ends. */
    boolean covers(Entry other) {
        return here == other.here
                && at >= other.at
                && (revocation.equals(Revocation.user()) || revocation.equals(other.revocation));
    }

    private boolean concerns(Login login) {
        if (revocation instanceof Revocation.AuthId one) {
            return login.authIds().contains(one.id());
        }
        return !(revocation instanceof Revocation.Scopes scopes)
                || scopes.names().stream().anyMatch(login.scopes());
    }
}
