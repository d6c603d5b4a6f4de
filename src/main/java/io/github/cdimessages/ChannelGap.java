package io.github.cdimessages;

/**
 * Announces that messages of a channel may be missing on this server: it was cut off from the others, and not all that
 * was posted meanwhile could be recovered.
 *
 * <p>Thread rule: fired on a managed thread, soon after this server is connected again.
 *
 * <pre>{@code
 * void reload(@Observes ChannelGap gap) { cache.evict(gap.channel()); }
 * }</pre>
 *
 * @param channel the channel that this server listened to when it was cut off
 * @param origin the server whose messages are missing, as {@link ChannelEvent#origin()} gives it; empty if it may be
 *     any
 * @param missed how many messages are missing; -1 if that is not known
 * @param cause why they could not be recovered
 * @see TransportLost
 */
public record ChannelGap(String channel, String origin, long missed, String cause) {}
