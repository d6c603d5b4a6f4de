package io.github.cdimessages.arquillian.ways;

import io.github.cdimessages.InboxOverflow;
import io.github.cdimessages.Messages;
import io.github.cdimessages.arquillian.app.Heard;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Endpoints whose listeners keep up, and do not. */
public final class Slow {
    private Slow() {}

    /** What a slow listener waits for, and what became of its messages. */
    @ApplicationScoped
    public static class Gate {
        // Mutable state: concurrent
        private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

        @Inject
        Heard heard;

        CountDownLatch of(String room) {
            return gates.computeIfAbsent(room, missing -> new CountDownLatch(1));
        }

        void overflowed(@Observes InboxOverflow overflow) {
            heard.add("dropped-in-" + overflow.channel(), String.valueOf(overflow.dropped()));
        }
    }

    /** Lets the slow listeners of a room go on. */
    @WebServlet("/open-gate")
    public static class Opener extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        transient Gate gate;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            gate.of(request.getParameter("room")).countDown();
        }
    }

    @Dependent
    @ServerEndpoint("/slow/{room}")
    public static class Stuck {
        @Inject
        Messages messages;

        @Inject
        Gate gate;

        @Inject
        Heard heard;

        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            messages.addListener(room, Note.class, note -> {
                heard.add("stuck-in-" + room, note.text());
                gate.of(room).await();
            });
        }

        @OnClose
        public void close(@PathParam("room") String room) {
            heard.add("closed-in-" + room, "closed");
        }
    }

    /** Sends all it hears, and is stuck in that when its client does not read. */
    @Dependent
    @ServerEndpoint("/sending/{room}")
    public static class Sending {
        @Inject
        Messages messages;

        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            messages.addListener(
                    room, Note.class, note -> session.getBasicRemote().sendText(note.text()));
        }
    }

    /** The same by a stream. */
    @Dependent
    @ServerEndpoint("/streaming/{room}")
    public static class Streaming {
        @Inject
        Messages messages;

        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            messages.createStream(room, Note.class)
                    .forEach(note -> session.getBasicRemote().sendText(note.text()));
        }
    }
}
