package io.github.cdimessages.demo;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.Channel;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Revocation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers what happened on all servers, whether or not anybody was looking: {@code GET api/activity}. */
@Path("activity")
@ApplicationScoped
public class ActivityFeed {
    private static final int KEPT = 50;

    @Inject
    Messages messages;

    // Mutable state: guarded by this
    private final Deque<Activity> latest = new ArrayDeque<>();

    synchronized void remember(@Observes @Channel("activity") Activity activity) {
        latest.addFirst(activity);
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
    }

    /** Each server is told of a revocation, and tells its own pages. */
    void revoked(@Observes AuthenticationRevoked revoked) {
        if (revoked.revocation() instanceof Revocation.User) {
            long now = System.currentTimeMillis();
            messages.postMessage("activity", new Activity("revoked", revoked.userIdentifier(), "", "", now));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public synchronized List<Activity> latest() {
        return List.copyOf(latest);
    }

    /**
     * Not in web.xml, where Payara Micro 6.2025.10 does not know the standard name of an application without a class.
     */
    @ApplicationPath("api")
    public static class Api extends Application {}
}
