package io.github.cdimessages;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which logins of a user are revoked.
 *
 * <pre>{@code
 * messages.revokeAuthentication("alice", Revocation.user());            // all of them
 * messages.revokeAuthentication("alice", Revocation.authId(jti));       // what this login or token opened
 * messages.revokeAuthentication("alice", Revocation.scopes("editor"));  // what needs this role
 * }</pre>
 *
 * @see Messages#revokeAuthentication
 */
public sealed interface Revocation {

    /**
     * Revokes all that a user has open.
     *
     * @return the revocation
     */
    static Revocation user() {
        return new User();
    }

    /**
     * Revokes what one login or token has opened.
     *
     * @param id what {@link Identity#authId} says of it, not blank
     * @return the revocation
     * @throws IllegalArgumentException if the id is null or blank
     */
    static Revocation authId(String id) {
        return new AuthId(id);
    }

    /**
     * Revokes what needs one of these scopes: endpoints by {@link RequiresScope} or
     * {@link jakarta.annotation.security.RolesAllowed}, logins over HTTP by the roles that they have.
     *
     * @param names the scopes or roles, at least one, none blank
     * @return the revocation
     * @throws IllegalArgumentException if there is no name, or one is null or blank
     */
    static Revocation scopes(String... names) {
        if (names == null) {
            throw new IllegalArgumentException("revocation of scopes: null; name at least one scope");
        }
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            all.add(checked("revocation of scopes", name));
        }
        return new Scopes(all);
    }

    /** All that a user has open. */
    record User() implements Revocation {}

    /**
     * What one login or token has opened.
     *
     * @param id what {@link Identity#authId} says of it
     */
    record AuthId(String id) implements Revocation {

        /**
         * Checks the id.
         *
         * @param id what {@link Identity#authId} says of it
         * @throws IllegalArgumentException if it is null or blank
         */
        public AuthId {
            checked("revocation by auth id", id);
        }
    }

    /**
     * What needs one of these scopes.
     *
     * @param names the scopes or roles
     */
    record Scopes(Set<String> names) implements Revocation {

        /**
         * Checks the names.
         *
         * @param names the scopes or roles
         * @throws IllegalArgumentException if there is none, or one is null or blank
         */
        public Scopes {
            if (names == null || names.isEmpty()) {
                throw new IllegalArgumentException(
                        "revocation of scopes: " + names + " names none; name at least one scope");
            }
            names.forEach(name -> checked("revocation of scopes", name));
            names = Set.copyOf(names);
        }
    }

    private static String checked(String what, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(what + ": '" + text + "' is blank; give the name that is meant");
        }
        return text;
    }
}
