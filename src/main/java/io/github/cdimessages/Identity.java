package io.github.cdimessages;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a session, and by which login.
 *
 * <pre>{@code
 * Identity.of(token.getSubject()).withAuthId(token.getTokenID()).authenticatedAt(issuedAt)
 * }</pre>
 *
 * @param user the user, as {@link Messages#revokeAuthentication} names it; not blank
 * @param authId the login or token, as {@link Revocation#authId} names it; null if it has no name
 * @param scopes what the login allows; it counts for HTTP requests, and for sessions that the library knows from
 *     {@link WebSocketSessions} alone: of an annotated endpoint counts what that says it needs
 * @param authenticatedAt when the user proved who it is, or when the token was issued, by this server's clock; null for
 *     when the session was opened. A revocation ends what was authenticated before it, and nothing else
 */
public record Identity(
        String user,
        @Nullable String authId,
        Set<String> scopes,
        @Nullable Instant authenticatedAt) {

    /** The attribute of an HTTP session that names its login; the library sets it where the application has not. */
    public static final String AUTH_ID_ATTRIBUTE = "io.github.cdimessages.authId";

    /**
     * Checks and copies.
     *
     * @param user the user
     * @param authId the login or token; null if it has no name
     * @param scopes what the login allows
     * @param authenticatedAt when; null for when the session was opened
     * @throws IllegalArgumentException if the user or the auth id is blank
     */
    public Identity {
        if (user == null || user.isBlank() || (authId != null && authId.isBlank())) {
            throw new IllegalArgumentException("identity of user '" + user + "', auth id '" + authId
                    + "': blank; give the user's name, and null where there is no auth id");
        }
        scopes = Set.copyOf(scopes);
    }

    /**
     * Names a user.
     *
     * @param user the user, not blank
     * @return the identity
     * @throws IllegalArgumentException if the user is blank
     */
    public static Identity of(String user) {
        return new Identity(user, null, Set.of(), null);
    }

    /**
     * Names the login.
     *
     * @param id the login or token, not blank
     * @return this user with that auth id
     * @throws IllegalArgumentException if the id is blank
     */
    public Identity withAuthId(String id) {
        return new Identity(user, id, scopes, authenticatedAt);
    }

    /**
     * Says what the login allows.
     *
     * @param names the scopes or roles
     * @return this user with these scopes
     */
    public Identity withScopes(Set<String> names) {
        return new Identity(user, authId, names, authenticatedAt);
    }

    /**
     * Says when the user proved who it is. Of a token that counts whole seconds, what was issued in the second of a
     * revocation counts as older.
     *
     * @param at the time
     * @return this user, authenticated then
     */
    public Identity authenticatedAt(Instant at) {
        return new Identity(user, authId, scopes, at);
    }
}
