package io.github.cdimessages.arquillian.logins.token;

import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;

/** Who has brought a token; it reads {@code user/id/microseconds}, and is taken on trust. */
public class TokenUser extends CallerPrincipal {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final Instant issuedAt;

    TokenUser(String token) {
        super(token.split("/")[0]);
        String[] parts = token.split("/");
        id = parts[1];
        issuedAt = Instant.EPOCH.plusNanos(Long.parseLong(parts[2]) * 1_000);
    }

    String id() {
        return id;
    }

    Instant issuedAt() {
        return issuedAt;
    }
}
