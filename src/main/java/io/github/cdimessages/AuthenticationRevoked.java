package io.github.cdimessages;

/**
 * Announces on every server, once, that logins were revoked; observe it to end what the application itself holds open.
 *
 * <pre>{@code
 * void onRevoked(@Observes AuthenticationRevoked revoked) {
 *     cache.forget(revoked.userIdentifier());
 * }
 * }</pre>
 *
 * <p>Thread rule: fired on a managed thread, while the WebSocket sessions are being closed. A server that was cut off
 * fires it when it is back.
 *
 * @param userIdentifier whose logins
 * @param revocation which of them
 */
public record AuthenticationRevoked(String userIdentifier, Revocation revocation) {}
