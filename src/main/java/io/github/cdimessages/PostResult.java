package io.github.cdimessages;

/**
 * What became of a post.
 *
 * @param messageId names the message on all servers; the same as {@link ChannelEvent#messageId()}
 * @param reached where the message really went: {@link Reach#LOCAL} or {@link Reach#GLOBAL}
 */
public record PostResult(String messageId, Reach reached) {}
