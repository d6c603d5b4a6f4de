package io.github.cdimessages.internal.redis.settings;

import org.jspecify.annotations.Nullable;

/**
 * How to get in at a Redis or a Sentinel; never shows the password.
 *
 * @param user null for the default user
 * @param password null where none is asked
 */
public record Access(@Nullable String user, @Nullable String password) {
    public static final Access OPEN = new Access(null, null);

    @Override
    public String toString() {
        return "Access[" + (user == null ? "default user" : user) + ']';
    }
}
