package io.github.cdimessages.internal.settings;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** All properties that there are; finds what looks like one and has no effect. */
public final class KnownProperties {
    static final List<String> NAMES = List.of(
            "messages.redis.uri",
            "messages.redis.sentinel-master",
            "messages.redis.sentinel-user",
            "messages.redis.sentinel-password",
            "messages.redis.cluster",
            "messages.redis.cluster-partitions",
            "messages.redis.tls.trust-store",
            "messages.redis.tls.trust-store-password",
            "messages.redis.tls.key-store",
            "messages.redis.tls.key-store-password",
            "messages.redis.connect-timeout",
            "messages.redis.command-timeout",
            "messages.redis.prefix",
            "messages.redis.post-timeout",
            "messages.redis.max-message-size",
            "messages.redis.outbox-messages",
            "messages.redis.outbox-bytes",
            "messages.redis.recovery",
            "messages.redis.recovery.time",
            "messages.redis.recovery.count",
            "messages.redis.recovery.bytes",
            "messages.redis.signing-keys",
            "messages.redis.signing",
            "messages.revocation.keep",
            "messages.revocation.max-outage",
            "messages.node",
            "messages.json.max-depth",
            "messages.inbox.capacity",
            "messages.inbox.overflow",
            "messages.stream.capacity",
            "messages.stream.overflow",
            "messages.websocket.ping",
            "messages.executor",
            "messages.workers");

    /** What begins otherwise may be the application's own: "messages" is a word that many use. */
    private static final Set<String> GROUPS = NAMES.stream()
            .filter(name -> name.indexOf('.') != name.lastIndexOf('.'))
            .map(name -> name.substring(0, name.indexOf('.', "messages.".length()) + 1))
            .collect(Collectors.toUnmodifiableSet());

    private KnownProperties() {}

    /** What to tell of those of these names that nobody reads, each with the property that is probably meant. */
    public static List<String> warnings(Iterable<String> names) {
        Map<String, String> unknown = new LinkedHashMap<>(); // a source may give one of the environment in both forms
        StreamSupport.stream(names.spliterator(), false)
                .sorted()
                .filter(KnownProperties::isMistaken)
                .forEach(name -> unknown.putIfAbsent(inEnvironment(name), name));
        return unknown.values().stream().map(KnownProperties::warning).toList();
    }

    private static String warning(String name) {
        String meant = closest(name);
        return "property '" + name + "' does not exist, and has no effect; did you mean '"
                + (name.equals(inEnvironment(name)) ? inEnvironment(meant) : meant) + "'?";
    }

    private static boolean isMistaken(String name) {
        return name.equals(inEnvironment(name))
                ? GROUPS.stream().anyMatch(group -> name.startsWith(inEnvironment(group)))
                        && NAMES.stream()
                                .noneMatch(known -> inEnvironment(known).equals(name))
                : GROUPS.stream().anyMatch(name::startsWith) && !NAMES.contains(name);
    }

    private static String closest(String name) {
        String wanted = inEnvironment(name);
        return NAMES.stream()
                .min(Comparator.comparingInt(known -> distance(wanted, inEnvironment(known))))
                .orElseThrow();
    }

    /** How many letters are to be put in, taken out or exchanged to make one text of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    static String inEnvironment(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
