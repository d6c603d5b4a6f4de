package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport.Receiver;
import java.time.Duration;

/** Takes no note; tests override what they look at. */
class SilentReceiver implements Receiver {
    @Override
    public String origin() {
        return "here";
    }

    @Override
    public void received(Envelope envelope) {}

    @Override
    public void malformed(String channel, MessagesException problem) {}

    @Override
    public void lost(String cause) {}

    @Override
    public void restored(Duration outage) {}

    @Override
    public void gap(String channel, String origin, long missed, String cause) {}
}
