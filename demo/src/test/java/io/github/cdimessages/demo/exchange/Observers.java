package io.github.cdimessages.demo.exchange;

import io.github.cdimessages.Channel;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import io.github.cdimessages.demo.exchange.Things.Order;
import io.github.cdimessages.demo.exchange.Things.Shape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hear on each server what is posted on any, and answer to all. */
@ApplicationScoped
public class Observers {
    @Inject
    Messages messages;

    void order(@Observes @Channel("orders") Order order) {
        answer(order);
    }

    void shape(@Observes @Channel("orders") Shape shape) {
        answer(shape);
    }

    private void answer(Object message) {
        messages.postMessage("answers", new Tick(PostServlet.NODE + ": " + Things.tell(message), 1), Reach.GLOBAL);
    }
}
