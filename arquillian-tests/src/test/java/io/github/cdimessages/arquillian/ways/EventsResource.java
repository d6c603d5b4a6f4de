package io.github.cdimessages.arquillian.ways;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.Messages;
import io.github.cdimessages.arquillian.app.Heard;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Sends a channel as server-sent events. */
@Path("events")
public class EventsResource {
    @Inject
    @ApplicationWide
    Messages messages;

    @Inject
    Heard heard;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@QueryParam("channel") String channel, @Context SseEventSink sink, @Context Sse sse) {
        messages.createStream(channel, Note.class)
                .forEachAsync(note -> sink.send(sse.newEvent(note.text())))
                .whenComplete((done, problem) -> {
                    heard.add("ended " + channel, problem == null ? "in order" : "by a problem");
                    sink.close();
                });
    }
}
