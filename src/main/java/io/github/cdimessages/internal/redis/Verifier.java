package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.SigningSettings;
import org.jspecify.annotations.Nullable;

/** Lets nothing pass that was not signed by a server of ours, if messages are signed at all. */
final class Verifier {
    private final ChannelNames names;
    private final Seal seal;

    // Mutable state: owned by the holder of the Intake's turn; most messages come on the channel of the one before
    private @Nullable String channel;
    private byte[] inRedis = {};

    Verifier(ChannelNames names, SigningSettings settings) {
        this.names = names;
        seal = new Seal(settings);
    }

    /** Throws a MessagesException if an envelope, which can be read, is not to be taken. */
    void check(String on, byte[] envelope) {
        if (!on.equals(channel)) {
            inRedis = names.inRedis(on);
            channel = on;
        }
        refuse(
                "channel '" + on + "': a message",
                seal.problem(Seal.Kind.MESSAGE, inRedis, 0, envelope, EnvelopeFormat.isSigned(envelope)));
    }

    void checkBeacon(byte[] beacon) {
        byte[] sentinel = names.sentinel();
        refuse(
                "channel '" + sentinelName() + "' of Redis: what a server says of itself",
                seal.problem(Seal.Kind.BEACON, sentinel, 0, beacon, Beacon.isSigned(beacon)));
    }

    void checkEntry(String origin, LogEntry entry, byte[] content) {
        refuse(
                "log of '" + origin + "': an entry",
                seal.problem(Seal.Kind.LOG_ENTRY, names.log(origin), entry.last(), content, entry.isSigned()));
    }

    String sentinelName() {
        return new String(names.sentinel(), UTF_8);
    }

    private static void refuse(String what, @Nullable String problem) {
        if (problem != null) {
            throw new MessagesException(what + ' ' + problem);
        }
    }
}
