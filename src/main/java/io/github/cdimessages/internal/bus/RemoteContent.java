package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.MessageCodec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that came as JSON: read when somebody first asks, once for each class that is asked for. */
final class RemoteContent implements ChannelEvent.Content {
    private final Envelope envelope;
    private final MessageTypes types;
    private final MessageCodec codec;

    // Mutable state, guarded by this object's monitor
    private @Nullable String json;
    /** What was made by class, or why that can't be; several classes of one name are copies, as in an EAR. */
    private final Map<Class<?>, Object> read = new HashMap<>();

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
        Object known = read.get(type);
        if (known == null) {
            known = decodedOrProblem(type);
            read.put(type, known);
        }
        if (known instanceof UnreadableException problem) {
            throw problem;
        }
        return known;
    }

    private Object decodedOrProblem(Class<?> type) {
        try {
            Object made = codec.decode(json(), type);
            return made != null
                    ? made
                    : new UnreadableException(codec.getClass().getName() + " has made no object of a " + type.getName()
                            + "; a codec that can't throws a MessagesException");
        } catch (MessagesException e) {
            return new UnreadableException(e);
        }
    }
}
