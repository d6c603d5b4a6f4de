package io.github.cdimessages.readme;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Revocation;

/** What an administrator's bean does. */
final class Lockout {
    private final Messages messages;

    Lockout(Messages messages) {
        this.messages = messages;
    }

    void lockOut(String tokenId) {
        // region revoke
        messages.revokeAuthentication("alice", Revocation.user()); // everything
        messages.revokeAuthentication("alice", Revocation.authId(tokenId)); // what one login or token opened
        messages.revokeAuthentication("alice", Revocation.scopes("editor")); // what needs this role or scope
        // endregion
    }
}
