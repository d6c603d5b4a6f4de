package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/**
 * The same endpoint in the shapes that servers treat differently: each listens in its room from its first callback on.
 */
public final class Endpoints {
    private Endpoints() {}

    /** What they have in common; no endpoint itself. */
    public abstract static class Room {
        @Inject
        Messages messages;

        @Inject
        Heard heard;

        void listen(String room) {
            messages.addListener(room, Note.class, note -> heard.add(room, note.text()));
        }
    }

    @ServerEndpoint("/unscoped/{room}")
    public static class Unscoped extends Room {
        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            listen(room);
        }

        @OnClose
        public void close(Session session, @PathParam("room") String room) {
            heard.add(room, "closed");
        }
    }

    @ServerEndpoint("/unscoped-without-close/{room}")
    public static class UnscopedWithoutClose extends Room {
        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            listen(room);
        }
    }

    @ServerEndpoint("/unscoped-without-session/{room}")
    public static class UnscopedWithoutSession extends Room {
        @OnOpen
        public void open(@PathParam("room") String room) {
            listen(room);
        }

        @OnClose
        public void close(@PathParam("room") String room) {
            heard.add(room, "closed");
        }
    }

    @ServerEndpoint("/unscoped-without-both/{room}")
    public static class UnscopedWithoutBoth extends Room {
        @OnOpen
        public void open(@PathParam("room") String room) {
            listen(room);
        }
    }

    @Dependent
    @ServerEndpoint("/dependent/{room}")
    public static class DependentOne extends Room {
        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            listen(room);
        }

        @OnClose
        public void close(Session session, @PathParam("room") String room) {
            heard.add(room, "closed");
        }
    }

    @Dependent
    @ServerEndpoint("/dependent-without-close/{room}")
    public static class DependentWithoutClose extends Room {
        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            listen(room);
        }
    }

    @Dependent
    @ServerEndpoint("/dependent-without-both/{room}")
    public static class DependentWithoutBoth extends Room {
        @OnOpen
        public void open(@PathParam("room") String room) {
            listen(room);
        }
    }

    @ApplicationScoped
    @ServerEndpoint("/application/{room}")
    public static class ApplicationOne extends Room {
        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            listen(room);
        }

        @OnClose
        public void close(Session session, @PathParam("room") String room) {
            heard.add(room, "closed");
        }
    }

    /** Tells all servers when somebody has left. */
    @Dependent
    @ServerEndpoint("/farewell/{room}")
    public static class Farewell extends Room {
        @OnOpen
        public void open(Session session, @PathParam("room") String room) {
            listen(room);
        }

        @OnClose
        public void close(Session session, @PathParam("room") String room) {
            messages.postMessage(room, new Note("farewell"), Reach.GLOBAL);
        }
    }

    /** Listens from its first message on: it has no {@code @OnOpen}. */
    @Dependent
    @ServerEndpoint("/late/{room}")
    public static class Late extends Room {
        @OnMessage
        public void message(String text, @PathParam("room") String room) {
            listen(room);
        }
    }
}
