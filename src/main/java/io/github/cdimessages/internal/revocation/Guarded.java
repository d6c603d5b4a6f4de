package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.AuthenticationRevokedException;

/** A session that can be ended because of the login behind it; no method waits, whatever thread calls. */
public interface Guarded {

    /** Its login was revoked. */
    void revoked(AuthenticationRevokedException why);

    /** Nobody knows whether its login was revoked: the network is away for too long. */
    void unchecked(AuthenticationRevokedException why);
}
