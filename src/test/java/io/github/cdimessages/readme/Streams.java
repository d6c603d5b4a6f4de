package io.github.cdimessages.readme;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Messages;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Optional;

/** What a bean does with a stream. */
final class Streams {
    private final Messages messages;

    Streams(Messages messages) {
        this.messages = messages;
    }

    boolean ask(OrderPlaced order) throws InterruptedException {
        // region pull
        try (MessageStream<Boolean> answers = messages.createStream("answers", Boolean.class)) {
            messages.postMessage("orders", order);
            Optional<Boolean> first = answers.next(Duration.ofSeconds(5)); // empty: nobody answered in time
            return first.orElse(false);
        }
        // endregion
    }

    void send(Session session) {
        // region socket
        messages.createStream("orders", ChannelEvent.class)
                .forEach(order -> session.getBasicRemote().sendText(order.json()));
        // endregion
    }
}
