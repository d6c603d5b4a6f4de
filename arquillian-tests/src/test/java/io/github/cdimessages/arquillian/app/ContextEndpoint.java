package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Messages;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** Writes down which beans its callbacks and its listener meet. */
@Dependent
@ServerEndpoint("/contexts/{room}")
public class ContextEndpoint {
    @Inject
    Messages messages;

    @Inject
    OfConnection ofConnection;

    @Inject
    OfRequest ofRequest;

    @Inject
    Ledger ledger;

    @Inject
    Heard heard;

    @OnOpen
    public void open(Session session, @PathParam("room") String room) {
        messages.addListener(room, Note.class, note -> {
            messages.addListener(room + "-nested", Note.class, nested -> writeDown(room, "nested"));
            writeDown(room, "listener");
        });
        writeDown(room, "open");
    }

    @OnMessage
    public void message(String text, @PathParam("room") String room) {
        writeDown(room, "message");
    }

    @OnClose
    public void close(@PathParam("room") String room) {
        writeDown(room, "close");
    }

    private void writeDown(String room, String where) {
        String first = ofRequest.id();
        heard.add(
                room,
                String.join(
                        " ",
                        where,
                        ofConnection.id(),
                        first,
                        first.equals(ofRequest.id()) ? "same" : "another",
                        ledger.inTransaction() ? "transaction" : "none"));
    }
}
