/** Revokes authentication: who is behind a session, what was revoked, and what is closed for it. */
@NullMarked
package io.github.cdimessages.internal.revocation;

import org.jspecify.annotations.NullMarked;
