package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.Identity;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One login, as far as a revocation looks at it.
 *
 * @param user whose it is
 * @param authId its name; null if it has none
 * @param at when it was made, in microseconds by this server's clock
 * @param scopes tells what relies on a scope
 */
record Login(String user, @Nullable String authId, long at, Predicate<String> scopes) {

    static Login of(Identity identity, long openedAt, @Nullable Set<String> needed) {
        long at = identity.authenticatedAt() == null ? openedAt : NetworkClock.micros(identity.authenticatedAt());
        Set<String> scopes = needed == null ? identity.scopes() : needed;
        return new Login(identity.user(), identity.authId(), at, scopes::contains);
    }
}
