package io.github.cdimessages.internal.bus;

import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.spi.Transport;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a bus is made of.
 *
 * @param origin this server's name on all servers
 * @param inboxLimit how many messages may wait for one session
 * @param overflow what happens to a message for which there is no room
 * @param streamLimit how many messages may wait in a stream that does not say otherwise
 * @param streamOverflow what happens to a message for which such a stream has no room
 * @param types the classes of messages
 * @param codec how a message becomes text
 * @param workers where application code runs
 * @param helpers where an announcement is prepared, and a session closed: goes on when every worker is stuck
 * @param scope what surrounds it
 * @param arrivals where a message is announced that has arrived
 * @param announcements where the application is told what became of its messages
 * @param transport the way to the other servers; null if there is none
 */
public record BusParts(
        String origin,
        int inboxLimit,
        OverflowPolicy overflow,
        int streamLimit,
        OverflowPolicy streamOverflow,
        MessageTypes types,
        MessageCodec codec,
        Workers workers,
        Executor helpers,
        CallScope scope,
        Arrivals arrivals,
        Announcements announcements,
        @Nullable Transport transport) {}
