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
     * @param blind whether its time could not be translated, as the network's was not known yet
     */
    private record Known(Entry entry, long learntAt, boolean blind) {}

    Entries(NetworkClock clock, long keepMicros) {
        this.clock = clock;
        this.keepNanos = TimeUnit.MICROSECONDS.toNanos(keepMicros);
    }

    /** Keeps a revocation that was called for here. */
    void addOwn(Entry entry) {
        add(entry, false);
    }

    /** Keeps a revocation of the network; false if it is known already. */
    boolean add(Entry entry) {
        return add(entry, !clock.isKnown());
    }

    private synchronized boolean add(Entry entry, boolean blind) {
        forgetOld();
        if (byId.containsKey(entry.id())) {
            return false;
        }
        file(entry, blind);
        return true;
    }

    private void file(Entry entry, boolean blind) {
        byId.put(entry.id(), new Known(entry, System.nanoTime(), blind));
        byUser.merge(entry.user(), List.of(entry), (known, one) -> {
            List<Entry> all = new ArrayList<>(known);
            all.removeIf(entry::covers); // who is revoked again and again takes no more room
            all.addAll(one);
            return List.copyOf(all);
        });
    }

    /** Replaces an entry that is known, whose time could not be translated before; false if there is none. */
    synchronized boolean correct(Entry entry) {
        Known known = byId.get(entry.id());
        if (known == null || !known.blind() || !clock.isKnown()) {
            return false;
        }
        forget(known.entry());
        file(entry, false);
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
        return known != null && known.stream().anyMatch(entry -> entry.ends(login));
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
