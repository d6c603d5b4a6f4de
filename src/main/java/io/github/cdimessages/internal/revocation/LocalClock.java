package io.github.cdimessages.internal.revocation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * This server's time, in microseconds since 1970: begun with the system's clock and never set after that, as a clock
 * that is set back would make a login look younger than the revocation that follows it.
 */
final class LocalClock {
    static final LocalClock SYSTEM = new LocalClock(InstantSource.system(), System::nanoTime);

    private final InstantSource system;
    private final LongSupplier nanos;
    private final long begun;
    private final long begunNanos;

    LocalClock(InstantSource system, LongSupplier nanos) {
        this.system = system;
        this.nanos = nanos;
        this.begunNanos = nanos.getAsLong();
        this.begun = micros(system.instant());
    }

    long now() {
        return begun + TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong() - begunNanos);
    }

    /** When it was a time of the system's clock as that is set now; what is still to come there is now. */
    long at(Instant time) {
        long now = now(); // first: a pause between the two makes a login older, not younger
        long since = micros(system.instant()) - Math.max(0, micros(time));
        return now - Math.max(0, since);
    }

    private static long micros(Instant time) {
        long whole = TimeUnit.SECONDS.toMicros(time.getEpochSecond()); // at most what a long can hold
        return Math.max(whole, whole + time.getNano() / 1_000);
    }
}
