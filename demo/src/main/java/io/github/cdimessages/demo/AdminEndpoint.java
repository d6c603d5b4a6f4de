package io.github.cdimessages.demo;

import io.github.cdimessages.Messages;
import io.github.cdimessages.RequiresScope;
import io.github.cdimessages.Revocation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** An administrator's page: shows who is connected to any server, and locks out whom it is told to. */
@Dependent
@ServerEndpoint("/admin/logins")
@RequiresScope("admin")
public class AdminEndpoint {
    private static final System.Logger LOG = System.getLogger(AdminEndpoint.class.getName());

    private final String privately = "admin/" + UUID.randomUUID();

    @Inject
    Messages messages;

    @Inject
    Roster roster;

    private Page page;

    @OnOpen
    public void open(Session session) {
        page = new Page(session);
        messages.addListener("everybody", People.class, people -> page.show("people", people));
        messages.addListener("activity", Activity.class, activity -> page.show("activity", activity));
        messages.addListener(privately, Note.class, note -> page.show("note", note));
        roster.show();
    }

    @OnMessage(maxMessageSize = 1_024)
    public void revoke(String user) {
        messages.revokeAuthentication(user, Revocation.user()).whenComplete((done, failure) -> {
            Note note =
                    failure == null ? new Note("revoked", user, "") : new Note("failed", user, failure.getMessage());
            messages.postMessage(privately, note);
        });
    }

    @OnError
    public void error(Throwable failure) throws IOException {
        LOG.log(Level.WARNING, "an administrator's page", failure);
        if (page != null) {
            page.show("note", new Note("failed", "", failure.getMessage()));
        }
    }
}
