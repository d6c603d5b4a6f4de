package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.Revocation;
import java.util.List;
import java.util.Set;

/**
 * A revocation as JSON: the message on the reserved channel, and the entry in the ledger; see docs/wire-format.md.
 *
 * @param id names it on all servers
 * @param user whose logins
 * @param kind {@code user}, {@code authId} or {@code scopes}
 * @param names the auth id, or the scopes
 * @param at when it was called for, in microseconds of the network's clock
 */
public record Notice(String id, String user, String kind, List<String> names, long at) {
    /** The channel of revocations. */
    static final String CHANNEL = "_revocations";
    /** Their logical name. */
    static final String TYPE = "cdi-messages.revocation";

    static Notice of(Entry entry, NetworkClock clock) {
        long at = clock.latest(entry.at());
        Revocation what = entry.revocation();
        if (what instanceof Revocation.AuthId one) {
            return new Notice(entry.id(), entry.user(), "authId", List.of(one.id()), at);
        }
        return what instanceof Revocation.Scopes scopes
                ? new Notice(entry.id(), entry.user(), "scopes", List.copyOf(scopes.names()), at)
                : new Notice(entry.id(), entry.user(), "user", List.of(), at);
    }

    /** Gives the revocation, or throws a MessagesException if it is none. */
    @SuppressWarnings("ConstantConditions") // what was read may lack anything
    Entry entry(NetworkClock clock) {
        if (id == null || id.isBlank() || user == null || user.isBlank() || kind == null) {
            throw new MessagesException("channel '" + CHANNEL + "': a revocation without id, user or kind");
        }
        return new Entry(id, user, revocation(), clock.latestHere(at));
    }

    @SuppressWarnings("ConstantConditions") // as above
    private Revocation revocation() {
        List<String> given = names == null ? List.of() : names;
        try {
            return switch (kind) {
                case "user" -> Revocation.user();
                case "authId" -> Revocation.authId(given.get(0));
                case "scopes" -> new Revocation.Scopes(Set.copyOf(given));
                default ->
                    throw new MessagesException("channel '" + CHANNEL + "': a revocation of the unknown kind '" + kind
                            + "'; update this server");
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            throw new MessagesException(
                    "channel '" + CHANNEL + "': a revocation of kind '" + kind + "' without names", e);
        }
    }
}
