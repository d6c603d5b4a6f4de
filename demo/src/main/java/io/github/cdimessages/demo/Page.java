package io.github.cdimessages.demo;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.websocket.Session;
import java.io.IOException;

/** The browser's side of a socket: shows what it is sent, each thing under the name of its kind. */
record Page(Session session) {
    private static final Jsonb JSON = JsonbBuilder.create();

    /** Whose it is; the server lets nobody in who has not logged in. */
    String user() {
        return session.getUserPrincipal().getName();
    }

    void show(String kind, Object content) throws IOException {
        if (session.isOpen()) {
            session.getBasicRemote().sendText("{\"" + kind + "\":" + JSON.toJson(content) + "}");
        }
    }

    static <T> T read(String json, Class<T> type) {
        return JSON.fromJson(json, type);
    }
}
