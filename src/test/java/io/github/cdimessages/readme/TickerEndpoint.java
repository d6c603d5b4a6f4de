package io.github.cdimessages.readme;

import io.github.cdimessages.Messages;
import io.github.cdimessages.WebSocketSessions;
import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;

// region run
public class TickerEndpoint extends Endpoint {
    @Inject
    Messages messages;

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        WebSocketSessions.run(
                session, () -> messages.addListener("orders", OrderPlaced.class, order -> send(session, order)));
        session.addMessageHandler(
                String.class,
                customer -> WebSocketSessions.run(
                        session, () -> messages.postMessage("orders", new OrderPlaced(1, customer))));
    }
    // endregion

    private static void send(Session session, OrderPlaced order) {
        try {
            session.getBasicRemote().sendText(order.customer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
