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

    /** Learnt at a time of this JVM's clock, which never jumps. */
    private record Known(Entry entry, long learntAt) {}

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
        byId.put(entry.id(), new Known(entry, System.nanoTime()));
        byUser.merge(entry.user(), List.of(entry), (known, one) -> {
            List<Entry> all = new ArrayList<>(known);
            all.addAll(one);
            return List.copyOf(all);
        });
        return true;
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
