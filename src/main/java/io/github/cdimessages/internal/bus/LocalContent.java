package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.spi.MessageCodec;
import org.jspecify.annotations.Nullable;

/** A message that was posted on this server: the object itself, written as JSON only for who asks. */
final class LocalContent implements ChannelEvent.Content {
    private final Object message;
    private final MessageCodec codec;

    // Mutable state, guarded by this object's monitor
    private @Nullable String json;

    LocalContent(Object message, MessageCodec codec) {
        this.message = message;
        this.codec = codec;
    }

    @Override
    public Object payload() {
        return message;
    }

    @Override
    public <T> T payload(Class<T> type) {
        if (type.isInstance(message)) {
            return type.cast(message);
        }
        throw new WrongTypeException("the message is a " + message.getClass().getName() + ", not a " + type.getName());
    }

    @Override
    public synchronized String json() {
        if (json == null) {
            json = codec.encode(message);
        }
        return json;
    }
}
