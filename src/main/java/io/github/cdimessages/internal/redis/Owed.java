package io.github.cdimessages.internal.redis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The channels of which messages may have been missed: heard when a connection broke, and not recovered since. */
final class Owed {
    private final Plan plan;
    private final Map<String, Interest> wanted;

    // Mutable state: guarded by the lock of Subscriptions
    private final Set<String> channels = new HashSet<>();
    /** Those that were not heard again when the others were recovered. */
    private final Set<String> missing = new HashSet<>();

    Owed(Plan plan, Map<String, Interest> wanted) {
        this.plan = plan;
        this.wanted = wanted;
    }

    /** The channels that Redis has confirmed on this connection and that are still wanted. */
    Set<String> heard() {
        return plan.confirmed().filter(wanted::containsKey).collect(Collectors.toUnmodifiableSet());
    }

    /** The connection breaks: from now on messages are missed. */
    void begin() {
        channels.addAll(heard());
    }

    /** Nobody waits for a channel any more. */
    void forget(String channel) {
        channels.remove(channel);
        missing.remove(channel);
    }

    void clear() {
        channels.clear();
    }

    /** Those to recover now; what is not heard again by now will be a gap as soon as it is. */
    Set<String> take() {
        for (String channel : List.copyOf(channels)) {
            if (!plan.isConfirmed(channel)) {
                channels.remove(channel);
                missing.add(channel);
            }
        }
        return Set.copyOf(channels);
    }

    /** Whether a channel that is heard again was recovered too early; told once. */
    boolean wasMissing(String channel) {
        return missing.remove(channel);
    }

    boolean areHeardAgain() {
        return channels.stream().allMatch(channel -> {
            Interest interest = wanted.get(channel);
            return interest == null || interest.isRefused || plan.isConfirmed(channel);
        });
    }
}
