package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Messages;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers whether it was alone, from its callback and from its listener. */
@Dependent
@ServerEndpoint("/busy/{room}")
public class BusyEndpoint {
    @Inject
    Messages messages;

    private final AtomicBoolean busy = new AtomicBoolean();

    @OnOpen
    public void open(Session session, @PathParam("room") String room) {
        messages.addListener(room, Note.class, note -> answer(session, "listener"));
    }

    @OnMessage
    public void message(String text, Session session) throws IOException {
        answer(session, "callback");
    }

    private void answer(Session session, String who) throws IOException {
        boolean alone = busy.compareAndSet(false, true);
        for (int i = 0; i < 100; i++) {
            Thread.yield(); // so that another thread would come in if it could
        }
        session.getBasicRemote().sendText(alone ? who : who + " met another");
        busy.set(false);
    }
}
