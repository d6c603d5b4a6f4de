package io.github.cdimessages.internal.revocation;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The revocations that this server knows: bounded by their age and number, and quick to look up. */
final class Entries {
    private static final System.Logger LOG = System.getLogger(Entries.class.getName());
    private static final int MOST = 100_000;

    private final NetworkClock clock;
    private final long keepNanos;

    // Mutable state, guarded by this object's monitor; byUser is also read without it, its lists never change
    private final Map<String, Known> byId = new LinkedHashMap<>();
    private final Map<String, List<Entry>> byUser = new ConcurrentHashMap<>();
    private boolean warned;

    /**
     * What was learnt at a time of this JVM's clock, which never jumps.
     *
     * @param blind whether logins could not be compared with it, as the network's time was not known yet
     */
    private record Known(Entry entry, long learntAt, boolean blind) {}

    Entries(NetworkClock clock, long keepMicros) {
        this.clock = clock;
        this.keepNanos = TimeUnit.MICROSECONDS.toNanos(keepMicros);
    }

    /** Keeps a revocation; false if it is known already. */
    synchronized boolean add(Entry entry) {
        forgetOld();
        if (byId.containsKey(entry.id())) {
            return false;
        }
        byId.put(entry.id(), new Known(entry, System.nanoTime(), !entry.here() && !clock.isKnown()));
        byUser.merge(entry.user(), List.of(entry), (known, one) -> {
            List<Entry> all = new ArrayList<>(known);
            all.removeIf(entry::covers); // who is revoked again and again takes no more room
            all.addAll(one);
            return List.copyOf(all);
        });
        return true;
    }

    /** Whether an entry that is known is to be looked at once more, as logins can be compared with it only now. */
    synchronized boolean isSeenAtLast(Entry entry) {
        Known known = byId.get(entry.id());
        if (known == null || !known.blind() || !clock.isKnown()) {
            return false;
        }
        byId.replace(entry.id(), new Known(known.entry(), known.learntAt(), false));
        return true;
    }

    /** As {@link #end}, for a session that was filed before: whoever adds afterwards finds it. */
    synchronized boolean endFiled(Login login) {
        return end(login);
    }

    /** How many are looked at for a user. */
    int count(String user) {
        return byUser.getOrDefault(user, List.of()).size();
    }

    /** Whether a login has been revoked. */
    boolean end(Login login) {
        List<Entry> known = byUser.get(login.user());
        return known != null && known.stream().anyMatch(entry -> entry.ends(login, clock));
    }

    private void forgetOld() {
        long now = System.nanoTime();
        Iterator<Known> oldest = byId.values().iterator();
        while (oldest.hasNext()) {
            Known known = oldest.next();
            boolean old = now - known.learntAt() > keepNanos;
            if (!old && byId.size() < MOST) {
                return;
            }
            if (!old && !warned) {
                warned = true;
                LOG.log(
                        Level.WARNING,
                        "more than " + MOST + " revocations are kept: the oldest are forgotten here; shorten property '"
                                + RevocationSettings.KEEP + "'");
            }
            oldest.remove();
            forget(known.entry());
        }
    }

    private void forget(Entry entry) {
        byUser.computeIfPresent(entry.user(), (user, known) -> {
            List<Entry> left =
                    known.stream().filter(each -> !each.id().equals(entry.id())).toList();
            return left.isEmpty() ? null : left;
        });
    }
}
