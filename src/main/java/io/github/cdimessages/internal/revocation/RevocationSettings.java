package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.internal.settings.Settings;
import java.time.Duration;

/**
 * The properties {@code messages.revocation.*}, checked.
 *
 * @param keep how long a revocation is remembered
 * @param maxOutage how long sessions with a user live on without the network; zero for ever
 */
public record RevocationSettings(Duration keep, Duration maxOutage) {
    static final String KEEP = "messages.revocation.keep";
    static final String MAX_OUTAGE = "messages.revocation.max-outage";
    private static final Duration LEAST_KEPT = Duration.ofMinutes(1);
    private static final Duration MOST_KEPT = Duration.ofDays(90);

    /** Reads them. */
    public static RevocationSettings read(Settings settings) {
        Duration keep = settings.time(KEEP, Duration.ofHours(24));
        if (keep.compareTo(LEAST_KEPT) < 0 || keep.compareTo(MOST_KEPT) > 0) {
            throw Settings.wrong(
                    KEEP, keep.toString(), "is not from a minute to 90 days; set at least how long logins last");
        }
        Duration outage = settings.time(MAX_OUTAGE, Duration.ofSeconds(30));
        if (outage.compareTo(MOST_KEPT) > 0) {
            throw Settings.wrong(MAX_OUTAGE, outage.toString(), "is more than 90 days; set 0 to switch it off");
        }
        return new RevocationSettings(keep, outage);
    }
}
