package io.github.cdimessages.arquillian.ways;

import io.github.cdimessages.Messages;
import io.github.cdimessages.WebSocketSessions;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers whether it was alone, from a message handler that was added by code and from its listener. */
public class BusyCode extends Endpoint {
    private final Messages messages = CDI.current().select(Messages.class).get();
    private final AtomicBoolean busy = new AtomicBoolean();

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(
                String.class, text -> WebSocketSessions.run(session, () -> answer(session, "callback")));
        WebSocketSessions.run(
                session,
                () -> messages.addListener(
                        session.getPathParameters().get("room"), Note.class, note -> answer(session, "listener")));
    }

    private void answer(Session session, String who) {
        boolean alone = busy.compareAndSet(false, true);
        for (int i = 0; i < 100; i++) {
            Thread.yield(); // so that another thread would come in if it could
        }
        try {
            session.getBasicRemote().sendText(alone ? who : who + " met another");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        busy.set(false);
    }
}
