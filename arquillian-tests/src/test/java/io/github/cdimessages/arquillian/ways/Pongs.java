package io.github.cdimessages.arquillian.ways;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.Messages;
import io.github.cdimessages.WebSocketSessions;
import io.github.cdimessages.arquillian.app.Heard;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Endpoints that send pings of their own and hear the pongs. */
public final class Pongs {
    private Pongs() {}

    private static void ping(Session session) {
        try {
            session.getBasicRemote().sendPing(ByteBuffer.wrap("own".getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(PongMessage pong) {
        return UTF_8.decode(pong.getApplicationData()).toString();
    }

    @Dependent
    @ServerEndpoint("/pongs/{room}")
    public static class Annotated {
        @Inject
        Messages messages;

        @Inject
        Heard heard;

        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            messages.addListener(
                    room, Note.class, note -> session.getBasicRemote().sendText(note.text()));
            ping(session);
        }

        @OnMessage
        public void pong(PongMessage pong, @PathParam("room") String room) {
            heard.add(room, text(pong));
        }
    }

    public static class ByCode extends Endpoint {
        private final Messages messages = CDI.current().select(Messages.class).get();
        private final Heard heard = CDI.current().select(Heard.class).get();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            String room = session.getPathParameters().get("room");
            session.addMessageHandler(PongMessage.class, pong -> heard.add(room, text(pong)));
            WebSocketSessions.run(
                    session,
                    () -> messages.addListener(
                            room, Note.class, note -> session.getBasicRemote().sendText(note.text())));
            ping(session);
        }
    }
}
