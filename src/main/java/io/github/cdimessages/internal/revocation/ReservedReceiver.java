package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.bus.ChannelName;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps what comes on reserved channels away from the bus, and what it says of the network until it has acted. */
final class ReservedReceiver implements Transport.Receiver {
    private final Transport.Receiver bus;
    private final @Nullable Watch watch;
    private final Inbound inbound;
    private final Runnable missing;

    ReservedReceiver(Transport.Receiver bus, @Nullable Watch watch, Inbound inbound, Runnable missing) {
        this.bus = bus;
        this.watch = watch;
        this.inbound = inbound;
        this.missing = missing;
    }

    @Override
    public String origin() {
        return bus.origin();
    }

    @Override
    public void received(Envelope envelope) {
        if (!ChannelName.isReserved(envelope.channel())) {
            bus.received(envelope);
        } else if (envelope.channel().equals(Notice.CHANNEL)) {
            inbound.add(envelope);
        }
    }

    @Override
    public void malformed(String channel, MessagesException problem) {
        bus.malformed(channel, problem);
    }

    @Override
    public void cutOff(Predicate<String> channels) {
        bus.cutOff(channels);
    }

    @Override
    public void lost(String cause) {
        if (watch != null) {
            watch.lost();
        }
        bus.lost(cause);
    }

    @Override
    public void restored(Duration outage) {
        if (watch == null) {
            bus.restored(outage);
        } else {
            watch.restored(() -> bus.restored(outage));
        }
    }

    @Override
    public void gap(String channel, String origin, long missed, String cause) {
        if (ChannelName.isReserved(channel)) {
            missing.run(); // the ledger has it
        } else {
            bus.gap(channel, origin, missed, cause);
        }
    }
}
