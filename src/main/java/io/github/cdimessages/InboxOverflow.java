package io.github.cdimessages;

/**
 * Announces that messages were dropped because somebody did not keep up with a channel.
 *
 * <p>Thread rule: fired on a managed thread, soon after the first of the drops it tells of.
 *
 * @param channel the channel on which a message came for which there was no room
 * @param dropped how many messages were dropped since the last announcement for the channel; the sum is exact
 */
public record InboxOverflow(String channel, long dropped) {}
