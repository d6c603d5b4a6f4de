package io.github.cdimessages.arquillian.made;

import io.github.cdimessages.Messages;
import io.github.cdimessages.RequiresScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Endpoints that servers find by their annotation. */
public final class ByAnnotation {
    private ByAnnotation() {}

    /** What they have in common; no endpoint itself. */
    public abstract static class Injected {
        @Inject
        Messages messages;

        void say(Session session) throws IOException {
            session.getBasicRemote().sendText(messages == null ? "null" : "injected");
        }
    }

    @ServerEndpoint("/plain")
    public static class Plain extends Injected {
        @OnOpen
        public void open(Session session) throws IOException {
            say(session);
        }
    }

    @Dependent
    @ServerEndpoint("/dependent")
    public static class DependentOne extends Injected {
        @OnOpen
        public void open(Session session) throws IOException {
            say(session);
        }
    }

    @ApplicationScoped
    @ServerEndpoint("/application")
    public static class ApplicationOne extends Injected {
        @OnOpen
        public void open(Session session) throws IOException {
            say(session);
        }
    }

    /** A bean, but not the only one of its type. */
    @Dependent
    @ServerEndpoint("/ambiguous")
    public static class Ambiguous extends Injected {
        @OnOpen
        public void open(Session session) throws IOException {
            say(session);
        }
    }

    /** The other one. */
    @Dependent
    public static class MoreThanAmbiguous extends Ambiguous {}

    /** Injects by its constructor only. */
    @Dependent
    @ServerEndpoint("/by-constructor")
    public static class ByConstructor {
        private final Messages messages;

        /** Open Liberty 26.0.0.3 refuses an endpoint without it. */
        public ByConstructor() {
            messages = null;
        }

        @Inject
        public ByConstructor(Messages messages) {
            this.messages = messages;
        }

        @OnOpen
        public void open(Session session) throws IOException {
            session.getBasicRemote().sendText(messages == null ? "null" : "injected");
        }
    }

    /** Injects nothing: it works without CDI. */
    @ServerEndpoint("/nothing")
    public static class InjectsNothing {
        @OnOpen
        public void open(Session session) throws IOException {
            session.getBasicRemote().sendText("needs nothing");
        }
    }

    /** Injects nothing either, but wants its users checked. */
    @ServerEndpoint("/guarded")
    @RequiresScope("guest")
    public static class Guarded {
        @OnOpen
        public void open(Session session) throws IOException {
            session.getBasicRemote().sendText("needs nothing");
        }
    }
}
