package io.github.cdimessages.arquillian.logins;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** As the other one, but it needs a role. */
@Dependent
@ServerEndpoint("/persons")
@RolesAllowed("person")
public class PersonsEndpoint {
    @OnOpen
    public void open(Session session) throws IOException {
        session.getBasicRemote().sendText(session.getUserPrincipal().getName());
    }

    @OnMessage
    public String message(String text) {
        return text;
    }
}
