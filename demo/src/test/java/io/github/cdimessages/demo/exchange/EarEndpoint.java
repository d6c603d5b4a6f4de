package io.github.cdimessages.demo.exchange;

import io.github.cdimessages.Messages;
import jakarta.inject.Inject;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** Tells what it hears on a channel, after a first line that says that it hears every server. */
@ServerEndpoint("/ear/{channel}")
public class EarEndpoint {
    @Inject
    Messages messages;

    @OnOpen
    public void open(Session session, @PathParam("channel") String channel) {
        String privately = "ready/" + session.getId();
        messages.addListener(privately, Tick.class, tick -> say(session, tick));
        messages.addListener(channel, Object.class, message -> say(session, message))
                .ready()
                .thenRun(() -> messages.postMessage(privately, new Tick("ready", 0)));
    }

    private static void say(Session session, Object message) throws Exception {
        session.getBasicRemote().sendText(Things.tell(message));
    }
}
