package io.github.cdimessages.arquillian.plain;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** Sends everybody in a room what one says there. */
@ServerEndpoint("/plain/{room}")
public class PlainEndpoint {
    @Inject
    Messages messages;

    @OnOpen
    public void open(Session session, @PathParam("room") String room) {
        messages.addListener(room, Note.class, note -> session.getBasicRemote().sendText(note.text()));
    }

    @OnMessage
    public void say(String text, @PathParam("room") String room) {
        messages.postMessage(room, new Note(text), Reach.GLOBAL);
    }
}
