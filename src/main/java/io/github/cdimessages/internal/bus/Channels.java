package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ChannelEvent;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who listens on which channel, and the interest in it: stated with the first, given up with the last. */
final class Channels {
    private final Interest interest;

    // Mutable state: the map is concurrent; a channel in it belongs to whoever holds its monitor
    private final ConcurrentHashMap<String, ChannelListeners> channels = new ConcurrentHashMap<>();

    Channels(Interest interest) {
        this.interest = interest;
    }

    @Nullable
    ChannelListeners find(String channel) {
        return channels.get(channel);
    }

    void offer(ChannelEvent event) {
        ChannelListeners listeners = channels.get(event.channel());
        if (listeners != null) {
            listeners.offer(event);
        }
    }

    /**
     * Puts a listener on its channel. The interest is stated under the channel's monitor, so that a last and a first
     * can't swap; whoever finds a channel given up takes a new one.
     */
    void add(Member member) {
        while (true) {
            ChannelListeners listeners = channels.computeIfAbsent(member.channel(), ChannelListeners::new);
            synchronized (listeners) {
                if (!listeners.isRetired()) {
                    if (listeners.isEmpty()) {
                        want(listeners);
                    }
                    listeners.add(member);
                    member.joined(this, listeners);
                    return;
                }
            }
        }
    }

    /** When messages of a channel arrive, asked while somebody is on it: after a break they do so later again. */
    CompletionStage<Void> ready(String channel) {
        return interest.want(channel);
    }

    void remove(Member member, ChannelListeners listeners) {
        synchronized (listeners) {
            listeners.remove(member);
            if (listeners.isEmpty()) {
                listeners.retire();
                // before a newcomer can put another in its place, whose interest would be given up with this one's
                interest.giveUp(listeners.channel);
                channels.remove(listeners.channel, listeners);
            }
        }
    }

    private void want(ChannelListeners listeners) {
        try {
            CompletionStage<Void> asked = interest.want(listeners.channel);
            requireNonNull(asked, "the transport gives no stage");
        } catch (RuntimeException | Error e) {
            listeners.retire(); // the network knows no such channel: nothing of it may stay
            channels.remove(listeners.channel, listeners);
            throw e;
        }
    }

    /** How many channels have a listener. */
    int count() {
        return channels.size();
    }
}
