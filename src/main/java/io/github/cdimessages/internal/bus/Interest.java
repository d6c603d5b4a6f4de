package io.github.cdimessages.internal.bus;

import io.github.cdimessages.spi.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Who must know that a channel is listened to; neither call waits. */
interface Interest {
    Logger LOG = System.getLogger("io.github.cdimessages");

    /** Where all messages are from this server. */
    Interest NONE = new Interest() {
        @Override
        public CompletionStage<Void> want(String channel) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void giveUp(String channel) {}
    };

    /** Asks for a channel's messages; the stage is done when they arrive. */
    CompletionStage<Void> want(String channel);

    /** Wants no more of a channel. */
    void giveUp(String channel);

    static Interest in(Transport transport) {
        return new Interest() {
            @Override
            public CompletionStage<Void> want(String channel) {
                return transport.subscribe(channel);
            }

            @Override
            public void giveUp(String channel) {
                try {
                    transport.unsubscribe(channel);
                } catch (RuntimeException e) { // an application's own: whoever ends here must come to his end
                    LOG.log(Level.WARNING, "channel '" + channel + "': the transport failed to give it up", e);
                }
            }
        };
    }

    /** The same, but a channel is not given up while somebody else wants it. */
    default Interest unless(Predicate<String> wantedElsewhere) {
        Interest all = this;
        return new Interest() {
            @Override
            public CompletionStage<Void> want(String channel) {
                return all.want(channel);
            }

            @Override
            public void giveUp(String channel) {
                if (!wantedElsewhere.test(channel)) {
                    all.giveUp(channel);
                }
            }
        };
    }
}
