package io.github.cdimessages.readme;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.Messages;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Sends a channel to browsers as server-sent events. */
// region events
@Path("orders")
@RequestScoped
public class OrderEvents {
    @Inject
    @ApplicationWide
    Messages messages;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void send(@Context SseEventSink sink, @Context Sse sse) {
        messages.createStream("orders", ChannelEvent.class)
                .forEachAsync(order -> sink.send(sse.newEvent(order.json())))
                .whenComplete((done, problem) -> sink.close());
    }
}
// endregion
