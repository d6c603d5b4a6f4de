package io.github.cdimessages;

import org.jspecify.annotations.Nullable;

/**
 * Announces that a message did not reach somebody who waited for it; observe it to be told.
 *
 * <pre>{@code
 * void onFailure(@Observes DeliveryFailure failure) { … }
 * }</pre>
 *
 * <p>Thread rule: fired on a managed thread, after the failure.
 *
 * @param channel the channel's name
 * @param messageId names the message; null if what arrived is no envelope, or a subscriber failed without a message
 * @param listener the listener, subscriber, action or stream that failed or got nothing; null if there is none
 * @param json the message as text if it came from a server as such, else null
 * @param cause what went wrong
 */
public record DeliveryFailure(
        String channel,
        @Nullable String messageId,
        @Nullable Object listener,
        @Nullable String json,
        Throwable cause) {}
