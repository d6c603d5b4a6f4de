package io.github.cdimessages.arquillian.logins;

import io.github.cdimessages.RequiresScope;
import jakarta.enterprise.context.Dependent;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Tells who is there, and echoes. */
@Dependent
@ServerEndpoint("/watched")
@RequiresScope("watcher")
public class WatchedEndpoint {
    @OnOpen
    public void open(Session session) throws IOException {
        session.getBasicRemote()
                .sendText(
                        session.getUserPrincipal() == null
                                ? "nobody"
                                : session.getUserPrincipal().getName());
    }

    @OnMessage
    public String message(String text) {
        return text;
    }
}
