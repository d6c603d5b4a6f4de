package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.MessageCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts revocations into envelopes, and takes them out. */
final class Notices {
    private final MessageBus bus;
    private final MessageCodec codec;
    private final NetworkClock clock;

    Notices(MessageBus bus, MessageCodec codec, NetworkClock clock) {
        this.bus = bus;
        this.codec = codec;
        this.clock = clock;
    }

    /** Writes it once more, for a network that has lost it. */
    Envelope writeAgain(Entry entry) {
        return write(entry, bus.nextSequence());
    }

    Envelope write(Entry entry, long sequence) {
        String json = codec.encode(Notice.of(entry, clock));
        return new Envelope(
                Notice.CHANNEL,
                Notice.TYPE,
                bus.origin(),
                sequence,
                System.currentTimeMillis(),
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Gives the revocation; throws a MessagesException if there is none in it. */
    Entry read(Envelope envelope) {
        if (!envelope.type().equals(Notice.TYPE)) {
            throw new MessagesException("channel '" + Notice.CHANNEL + "': a '" + envelope.type()
                    + "' is no revocation; something else posts here");
        }
        return codec.decode(envelope.json(), Notice.class).entry(clock);
    }
}
