package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.Identity;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One login, as far as a revocation looks at it.
 *
 * @param user whose it is
 * @param authIds its name; none if it has none, several if it may be any of them, {@link #ANY} if it may be every one
 * @param at when it was made, in microseconds by this server's clock
 * @param scopes tells what relies on a scope
 */
record Login(String user, Set<String> authIds, long at, Predicate<String> scopes) {
    /** In place of a name, which is never empty. */
    static final String ANY = "";

    boolean mayBe(String authId) {
        return authIds.contains(authId) || authIds.contains(ANY);
    }

    /**
     * The login of an identity.
     *
     * @param authIds its name where the identity does not say it
     */
    static Login of(Identity identity, long openedAt, Set<String> authIds, @Nullable Set<String> needed) {
        long at = identity.authenticatedAt() == null ? openedAt : LocalClock.SYSTEM.at(identity.authenticatedAt());
        Set<String> names = identity.authId() == null ? authIds : Set.of(identity.authId());
        Set<String> scopes = needed == null ? identity.scopes() : needed;
        return new Login(identity.user(), names, at, scopes::contains);
    }
}
