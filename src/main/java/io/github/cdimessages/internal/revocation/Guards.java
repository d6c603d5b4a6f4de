package io.github.cdimessages.internal.revocation;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The sessions of this server that have a user. */
final class Guards {
    private static final System.Logger LOG = System.getLogger(Guards.class.getName());

    private final Entries entries;
    private final BooleanSupplier cutOff;

    // Mutable state: concurrent; a set in it changes inside compute alone
    private final Map<String, Set<Guard>> byUser = new ConcurrentHashMap<>();

    /**
     * Looks logins up.
     *
     * @param cutOff whether the network is away for too long
     */
    Guards(Entries entries, BooleanSupplier cutOff) {
        this.entries = entries;
        this.cutOff = cutOff;
    }

    Guard open(Guarded session, @Nullable Set<String> needed) {
        return new Guard(this, session, needed);
    }

    void file(String user, Guard guard) {
        byUser.compute(user, (key, known) -> {
            Set<Guard> all = known == null ? ConcurrentHashMap.newKeySet(1) : known;
            all.add(guard);
            return all;
        });
    }

    void remove(String user, Guard guard) {
        byUser.computeIfPresent(user, (key, known) -> {
            known.remove(guard);
            return known.isEmpty() ? null : known;
        });
    }

    void check(Guard guard, Login login) {
        if (entries.endFiled(login)) {
            guard.endRevoked(login);
        } else if (cutOff.getAsBoolean()) {
            guard.endUnchecked();
        }
    }

    /** Ends the sessions that a revocation concerns; it has been added to the entries before. */
    void act(Entry entry) {
        Set<Guard> known = byUser.get(entry.user());
        if (known != null) {
            known.forEach(guard -> each(() -> guard.endIf(entry)));
        }
    }

    /**
     * Ends the sessions that can't be checked. Each is found first and the network is looked at then: who was let in
     * because it is back meanwhile stays.
     */
    void endUnchecked() {
        new ArrayList<>(byUser.values())
                .forEach(known -> known.forEach(guard -> each(() -> {
                    if (cutOff.getAsBoolean()) {
                        guard.endUnchecked();
                    }
                })));
    }

    /** One session that can't be ended does not save the others. */
    private static void each(Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a session of a revoked login could not be ended", e);
        }
    }

    /** How many sessions have a user. */
    int count() {
        return byUser.values().stream().mapToInt(Set::size).sum();
    }
}
