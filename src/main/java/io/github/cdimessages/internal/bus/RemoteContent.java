package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.MessageCodec;
import org.jspecify.annotations.Nullable;

/** A message that came as JSON: read when somebody first asks, once for each class that is asked for. */
final class RemoteContent implements ChannelEvent.Content {
    private final Envelope envelope;
    private final MessageTypes types;
    private final MessageCodec codec;

    // Mutable state, guarded by this object's monitor
    private @Nullable String json;
    private @Nullable Object payload;
    private @Nullable UnreadableException problem;
    private @Nullable Class<?> unreadable;

    RemoteContent(Envelope envelope, MessageTypes types, MessageCodec codec) {
        this.envelope = envelope;
        this.types = types;
        this.codec = codec;
    }

    @Override
    public Object payload() {
        return decoded(Object.class);
    }

    @Override
    public <T> T payload(Class<T> type) {
        return type.cast(decoded(type));
    }

    @Override
    public synchronized String json() {
        if (json == null) {
            json = envelope.json();
        }
        return json;
    }

    private Object decoded(Class<?> asked) {
        types.declare(asked);
        Class<?> known = types.find(envelope.type(), asked);
        if (known != null) {
            return decodedOnce(known);
        }
        if (asked != Object.class) {
            throw new WrongTypeException(
                    "the message is a '" + Printable.of(envelope.type()) + "', not a " + asked.getName());
        }
        throw new UnreadableException("channel '" + envelope.channel() + "': no class here has the message type '"
                + Printable.of(envelope.type()) + "'; annotate it with @MessageType, or listen to it by its class");
    }

    private synchronized Object decodedOnce(Class<?> type) {
        if (type.isInstance(payload)) {
            return payload;
        }
        if (problem != null && unreadable == type) {
            throw problem;
        }
        try {
            Object fresh = codec.decode(json(), type);
            payload = fresh;
            return fresh;
        } catch (MessagesException e) {
            problem = new UnreadableException(e);
            unreadable = type;
            throw problem;
        }
    }
}
