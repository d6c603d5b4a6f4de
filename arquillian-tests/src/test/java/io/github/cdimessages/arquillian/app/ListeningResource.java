package io.github.cdimessages.arquillian.app;

import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;

/** Listens in a request to a REST resource. */
@Path("resource")
public class ListeningResource {
    @Inject
    Conversation conversation;

    @GET
    public String get(@QueryParam("channel") String channel) {
        return conversation.hearsItself(channel);
    }

    @ApplicationPath("rest")
    public static class Rest extends Application {}
}
