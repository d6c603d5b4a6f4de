package io.github.cdimessages.internal.revocation;

import java.security.Principal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logins of HTTP requests that are about to become WebSocket sessions. A session shows nothing of its request but the
 * principal. WildFly 39 and Payara 6 hand on the request's own object, by which it is found here; else it is found by
 * the name. Where that fits handshakes of several logins, nobody guesses: the session gets all of them.
 */
public final class Handshakes {
    private static final int MOST = 10_000;
    private static final long FRESH = TimeUnit.MINUTES.toNanos(1);

    // Mutable state, guarded by this object's monitor: all, the oldest first, and the same by the user's name
    private final Set<Pending> pending = new LinkedHashSet<>();
    private final Map<String, Namesakes> byName = new HashMap<>();

    /**
     * What a handshake tells of a session's login.
     *
     * @param at when it was made, in microseconds
     * @param authIds its name; none if it has none, several if it may be any of them
     */
    public record Handshake(long at, Set<String> authIds) {}

    /** One request; not a record, as two are never equal. */
    static final class Pending {
        private final Principal principal;
        private final String name;
        private final long at;
        private final Set<String> authIds;
        private final long begunAt = System.nanoTime();

        private Pending(Principal principal, Login login) {
            this.principal = principal;
            this.name = String.valueOf(principal.getName());
            this.at = login.at();
            this.authIds = login.authIds(); // not the login itself: that knows its request
        }

        private boolean isFresh() {
            return System.nanoTime() - begunAt < FRESH;
        }
    }

    /** The handshakes of one name, and how many sessions have been given several of them. */
    private static final class Namesakes {
        private final Set<Pending> all = new LinkedHashSet<>();
        private int undecided;
    }

    synchronized Pending begin(Principal principal, Login login) {
        Pending one = new Pending(principal, login);
        if (pending.size() >= MOST) {
            forget(pending.iterator().next(), true);
        }
        pending.add(one);
        byName.computeIfAbsent(one.name, name -> new Namesakes()).all.add(one);
        return one;
    }

    /** It became no session. */
    synchronized void failed(Pending one) {
        forget(one, false);
    }

    /** Finds the handshake of a session, or null. */
    public synchronized @Nullable Handshake claim(Principal principal) {
        Namesakes namesakes = byName.get(String.valueOf(principal.getName()));
        List<Pending> fitting = namesakes == null ? List.of() : fitting(principal, namesakes.all);
        if (namesakes == null || fitting.isEmpty()) {
            return null;
        }
        Set<String> authIds = new HashSet<>();
        long at = Long.MAX_VALUE;
        boolean decided = true;
        for (Pending each : fitting) {
            authIds.addAll(each.authIds);
            at = Math.min(at, each.at);
            decided &= each.authIds.equals(fitting.get(0).authIds);
        }
        if (decided) {
            forget(fitting.get(0), false);
        } else {
            namesakes.undecided++;
            forgetIfAllAreGiven(fitting.get(0).name, namesakes);
        }
        return new Handshake(at, Set.copyOf(authIds));
    }

    /** How many wait for their session. */
    synchronized int count() {
        return pending.size();
    }

    /** Those with the same principal, or else with the same name. What is old may have become no session. */
    private static List<Pending> fitting(Principal principal, Collection<Pending> namesakes) {
        List<Pending> same =
                namesakes.stream().filter(each -> each.principal == principal).toList();
        List<Pending> fresh = (same.isEmpty() ? namesakes : same)
                .stream().filter(Pending::isFresh).toList();
        return fresh.isEmpty() ? same : fresh;
    }

    /**
     * Takes one away.
     *
     * @param given whether a session may have been given it along with others
     */
    private void forget(Pending one, boolean given) {
        Namesakes namesakes = byName.get(one.name);
        if (!pending.remove(one) || namesakes == null) {
            return;
        }
        namesakes.all.remove(one);
        if (given && namesakes.undecided > 0) {
            namesakes.undecided--;
        }
        forgetIfAllAreGiven(one.name, namesakes);
    }

    /** As many sessions as handshakes: none is waiting any more. */
    private void forgetIfAllAreGiven(String name, Namesakes namesakes) {
        if (namesakes.undecided >= namesakes.all.size()) {
            pending.removeAll(namesakes.all);
            byName.remove(name);
        }
    }
}
