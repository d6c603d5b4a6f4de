package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.WebSocketSessionScoped;
import io.github.cdimessages.internal.bus.BusSession;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The WebSocket session scope: active on a thread that runs a callback or a listener of such a session. */
public final class WebSocketSessionContext implements AlterableContext {
    private final Supplier<@Nullable BusSession> current;

    /** Asks for the session for which a thread runs application code. */
    public WebSocketSessionContext(Supplier<@Nullable BusSession> current) {
        this.current = current;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return WebSocketSessionScoped.class;
    }

    @Override
    public boolean isActive() {
        return socket() != null;
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual) {
        return active().find(contextual);
    }

    @Override
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creation) {
        return active().obtain(contextual, creation);
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        active().destroy(contextual);
    }

    private SocketSession active() {
        SocketSession socket = socket();
        if (socket == null) {
            throw new ContextNotActiveException("@WebSocketSessionScoped is active only in the callbacks of a WebSocket"
                    + " endpoint that CDI makes, and in the listeners which they add");
        }
        return socket;
    }

    private @Nullable SocketSession socket() {
        BusSession session = current.get();
        return session != null && session.owner() instanceof SocketSession socket ? socket : null;
    }
}
