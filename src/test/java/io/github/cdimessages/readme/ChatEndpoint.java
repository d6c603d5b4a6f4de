package io.github.cdimessages.readme;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

// region chat
@ServerEndpoint("/chat/{room}")
public class ChatEndpoint {
    public record ChatMessage(String text) {}

    @Inject
    Messages messages;

    @OnOpen
    public void open(Session session, @PathParam("room") String room) {
        messages.addListener(
                "chat:" + room,
                ChatMessage.class,
                message -> session.getBasicRemote().sendText(message.text()));
    }

    @OnMessage
    public void say(String text, @PathParam("room") String room) {
        messages.postMessage("chat:" + room, new ChatMessage(text), Reach.GLOBAL);
    }
}
// endregion
