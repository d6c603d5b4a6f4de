package io.github.cdimessages.arquillian.ways;

import io.github.cdimessages.WebSocketSessions;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;

/** An endpoint without annotations. It looks up what it needs: WildFly 39 injects nothing into it. */
public class CodeEndpoint extends Endpoint {
    private final Diary diary = CDI.current().select(Diary.class).get();

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        String room = session.getPathParameters().get("room");
        session.addMessageHandler(
                String.class, text -> WebSocketSessions.run(session, () -> diary.write(room, "message")));
        WebSocketSessions.run(session, () -> {
            diary.listen(room);
            diary.write(room, "open");
        });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        WebSocketSessions.run(
                session, () -> diary.write(session.getPathParameters().get("room"), "close"));
    }

    /** Does not care for its end: nothing tells the library of it. */
    public static class Careless extends CodeEndpoint {
        @Override
        public void onClose(Session session, CloseReason reason) {}
    }
}
