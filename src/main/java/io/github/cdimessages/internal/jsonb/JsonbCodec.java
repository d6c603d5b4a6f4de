package io.github.cdimessages.internal.jsonb;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.bus.Printable;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.MessageCodec;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Writes and reads messages with one {@link Jsonb}, made when the first message needs it: that takes milliseconds. */
public class JsonbCodec implements MessageCodec {
    private static final Logger LOG = System.getLogger(JsonbCodec.class.getName());

    private final JsonLimits limits;

    // Mutable state, guarded by this object's monitor; volatile for readers without it
    private volatile @Nullable Jsonb jsonb;

    /** With the limits that apply where nothing is configured. */
    public JsonbCodec() {
        limits = JsonLimits.DEFAULT;
    }

    @Inject
    JsonbCodec(Settings settings) {
        limits = JsonLimits.read(settings);
    }

    @Override
    public String encode(Object message) {
        try {
            String json = jsonb().toJson(message);
            limits.check(json); // what the others would refuse
            return json;
        } catch (RuntimeException | StackOverflowError e) {
            throw new MessagesException(
                    message.getClass().getName() + " can't be written as JSON: " + reason(e)
                            + "; give it properties that JSON-B can write, or a JsonbAdapter",
                    e);
        }
    }

    @Override
    public <T> T decode(String json, Class<T> type) {
        T message;
        try {
            limits.check(json);
            message = jsonb().fromJson(json, type);
        } catch (RuntimeException | StackOverflowError e) {
            throw new MessagesException(
                    type.getName() + " can't be read from JSON: " + reason(e)
                            + "; servers that exchange messages must agree on its properties",
                    e);
        }
        if (message == null) {
            throw new MessagesException(type.getName() + " can't be read from JSON: the text is null");
        }
        return message;
    }

    /** Lets the provider give back what it made for messages, such as adapters that are CDI beans. */
    @PreDestroy
    synchronized void close() {
        Jsonb open = jsonb;
        jsonb = null;
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "JSON-B could not be closed", e);
            }
        }
    }

    private Jsonb jsonb() {
        Jsonb open = jsonb;
        return open != null ? open : opened();
    }

    private synchronized Jsonb opened() {
        Jsonb open = jsonb;
        if (open == null) {
            open = JsonbBuilder.create();
            jsonb = open;
        }
        return open;
    }

    private static String reason(Throwable e) {
        return e instanceof StackOverflowError ? "it contains itself" : Printable.of(e.getMessage());
    }
}
