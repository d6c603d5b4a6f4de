package io.github.cdimessages.readme;

import io.github.cdimessages.Messages;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a bean does with its {@link Messages}. */
final class Posts {
    final List<OrderPlaced> seen = new ArrayList<>();
    private final Messages messages;

    Posts(Messages messages) {
        this.messages = messages;
    }

    void post(OrderPlaced order) {
        // region post
        messages.postMessage("orders", order); // this server, never serialised
        messages.postMessage("orders", order, Reach.GLOBAL) // every server, through Redis
                .whenComplete((result, problem) -> {
                    if (problem != null) {
                        tell("order " + order.id() + " was not sent: " + problem.getMessage());
                    }
                });
        CompletionStage<PostResult> posted = messages.postMessage("orders", order, Reach.AUTO); // as far as possible
        // endregion
        posted.thenAccept(result -> tell("reached " + result.reached()));
    }

    void listen() {
        // region listen
        Subscription orders = messages.addListener("orders", OrderPlaced.class, order -> show(order));
        messages.addListener("orders", event -> tell(event.messageId() + ": " + event.json())); // all types
        orders.close(); // or leave it to the end of the session
        // endregion
    }

    private void show(OrderPlaced order) {
        seen.add(order);
    }

    private void tell(String line) {
        System.getLogger(Posts.class.getName()).log(System.Logger.Level.INFO, line);
    }
}
