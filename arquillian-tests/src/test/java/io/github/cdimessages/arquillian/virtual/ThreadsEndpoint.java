package io.github.cdimessages.arquillian.virtual;

import io.github.cdimessages.Channel;
import io.github.cdimessages.Messages;
import io.github.cdimessages.arquillian.app.Heard;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** Tells on which threads it hears. */
@Dependent
@ServerEndpoint("/threads/{room}")
public class ThreadsEndpoint {
    @Inject
    Messages messages;

    @Inject
    Heard heard;

    @OnOpen
    public void open(Session session, @PathParam("room") String room) {
        messages.addListener(room, Note.class, note -> {
            heard.add("listener-in-" + room, note.text() + onThread());
            session.getBasicRemote().sendText(note.text());
        });
        messages.createStream(room, Note.class)
                .forEach(note -> heard.add("stream-in-" + room, note.text() + onThread()));
    }

    /** The tests are compiled for a Java that knows no virtual threads. */
    private static String onThread() {
        return Thread.currentThread().toString().startsWith("VirtualThread[")
                ? " on a virtual thread"
                : " on " + Thread.currentThread();
    }

    @ApplicationScoped
    public static class Observer {
        @Inject
        Heard heard;

        void onNote(@Observes @Channel("threads") Note note) {
            heard.add("observer", note.text() + onThread());
        }
    }
}
