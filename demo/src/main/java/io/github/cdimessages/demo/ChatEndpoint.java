package io.github.cdimessages.demo;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * One open page. Its listeners end with its socket, however that ends, and never run while one of its other methods
 * does: nothing to clean up, nothing to lock.
 */
@Dependent // Open Liberty makes no endpoint by CDI that is no bean
@ServerEndpoint("/chat/{room}")
public class ChatEndpoint {
    private static final System.Logger LOG = System.getLogger(ChatEndpoint.class.getName());

    @Inject
    Messages messages;

    @Inject
    Roster roster;

    private Page page;
    private Person me;

    @OnOpen
    public void open(Session session, @PathParam("room") String room) {
        page = new Page(session);
        me = new Person(UUID.randomUUID().toString(), page.user(), room, roster.node());
        messages.addListener(privately(), Note.class, note -> page.show("note", note));
        messages.addListener("people/" + room, People.class, people -> page.show("people", people));
        messages.addListener("activity", Activity.class, activity -> page.show("activity", activity));
        Subscription talk = messages.addListener("chat/" + room, ChatMessage.class, said -> page.show("message", said));
        roster.enter(me);
        tell("came");
        talk.ready().thenRun(() -> messages.postMessage(privately(), new Note("ready", me.id(), me.node())));
    }

    @OnMessage(maxMessageSize = 16_384)
    public void say(String json) {
        Draft draft = Page.read(json, Draft.class);
        ChatMessage message = new ChatMessage(draft.id(), me.name(), draft.text(), me.node(), draft.sentAt());
        messages.postMessage("chat/" + me.room(), message, Reach.GLOBAL).whenComplete((posted, failure) -> {
            if (failure != null) {
                messages.postMessage(privately(), new Note("failed", draft.id(), failure.getMessage()));
            }
        });
    }

    @OnClose
    public void close() {
        roster.leave(me);
        tell("left");
    }

    @OnError
    public void error(Throwable failure) throws IOException {
        LOG.log(Level.WARNING, "a page of room " + (me == null ? "?" : me.room()), failure);
        if (page != null) {
            page.show("note", new Note("failed", "", failure.getMessage()));
        }
    }

    private void tell(String what) {
        Activity activity = new Activity(what, me.name(), me.room(), me.node(), System.currentTimeMillis());
        messages.postMessage("activity", activity, Reach.GLOBAL);
    }

    private String privately() {
        return "page/" + me.id();
    }
}
