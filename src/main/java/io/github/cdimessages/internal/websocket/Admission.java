package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import io.github.cdimessages.IdentityResolver;
import io.github.cdimessages.RequiresScope;
import io.github.cdimessages.internal.revocation.Handshakes;
import io.github.cdimessages.internal.revocation.Resolver;
import io.github.cdimessages.internal.revocation.Revocations;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out who is behind a connection before its first callback, and turns away whose login was revoked. */
class Admission {
    private static final Logger LOG = System.getLogger(Admission.class.getName());

    private final Revocations revocations;
    private final Handshakes handshakes;
    private final @Nullable IdentityResolver resolver;

    @Inject
    Admission(Revocations revocations, Handshakes handshakes, Resolver resolver) {
        this.revocations = revocations;
        this.handshakes = handshakes;
        this.resolver = resolver.bean();
    }

    /** Takes a connection up, once; its endpoint is null where only the application knows it. */
    void admit(SocketSession socket, Session session, @Nullable Class<?> endpoint) {
        long now = Revocations.now();
        if (!socket.guard()
                .admits(() -> revocations.guard(socket.guard(), endpoint == null ? null : needed(endpoint)))) {
            return;
        }
        try {
            Principal principal = session.getUserPrincipal();
            Handshakes.Handshake handshake = principal == null ? null : handshakes.claim(principal);
            Identity identity = resolve(session, principal);
            if (handshake == null) {
                socket.guard().guard().introduce(identity, now, Set.of());
            } else {
                socket.guard().guard().introduce(identity, handshake.at(), handshake.authIds());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, socket.listening() + ": who is behind it could not be found out; it is closed", e);
            socket.guard().unidentified();
        }
    }

    /** Learns who is behind a connection now; that it has been taken up is not certain where two threads do so. */
    void identify(SocketSession socket, @Nullable Identity identity) {
        socket.guard().admits(() -> revocations.guard(socket.guard(), null));
        socket.guard().guard().identify(identity, Revocations.now(), Set.of());
        AuthenticationRevokedException why = socket.guard().verdict().why();
        if (why != null) {
            throw why;
        }
    }

    private @Nullable Identity resolve(Session session, @Nullable Principal principal) {
        if (resolver != null) {
            return resolver.resolve(session).orElse(null);
        }
        return principal == null ? null : Identity.of(principal.getName());
    }

    /** What an endpoint, or a class above it, says that it needs; it may be a proxy's class. */
    private static Set<String> needed(Class<?> endpoint) {
        Set<String> needed = new HashSet<>();
        for (Class<?> type = endpoint; type != null; type = type.getSuperclass()) {
            RequiresScope scopes = type.getDeclaredAnnotation(RequiresScope.class);
            RolesAllowed roles = type.getDeclaredAnnotation(RolesAllowed.class);
            needed.addAll(scopes == null ? List.of() : List.of(scopes.value()));
            needed.addAll(roles == null ? List.of() : List.of(roles.value()));
        }
        return needed;
    }
}
