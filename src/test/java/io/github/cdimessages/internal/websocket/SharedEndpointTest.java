package io.github.cdimessages.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.Messages;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.cdi.MessagesExtension;
import io.github.cdimessages.testing.Socket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.jboss.weld.junit5.auto.AddExtensions;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.Test;

/** One endpoint object serves all connections, as on WildFly. */
@EnableAutoWeld
@AddExtensions(MessagesExtension.class)
@AddBeanClasses({SharedEndpointTest.Shared.class, SharedEndpointTest.Told.class})
class SharedEndpointTest {
    @Inject
    Shared endpoint;

    @Inject
    Told told;

    @Inject
    MessageBus bus;

    @Inject
    SocketSessions sockets;

    @Test
    void aConnectionThatClosesBeforeItsFirstCallbackLeavesNothing() throws Exception {
        Session session = Socket.of("alice").session();
        session.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, "before"));
        told.open(session, "room");
        told.close(session);
        assertThat(bus.channelCount()).isZero();
        assertThat(sockets.count()).isZero();
    }

    @Test
    void aConnectionThatClosesAfterItLeavesNothingEither() throws Exception {
        Session session = Socket.of("alice").session();
        told.open(session, "room");
        assertThat(bus.listenerCount("room")).isEqualTo(1);
        session.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, "later"));
        told.close(session);
        assertThat(bus.channelCount()).isZero();
        assertThat(sockets.count()).isZero();
    }

    @Test
    void aSecondConnectionWithoutASessionParameterIsRefusedAndNotMixedWithTheFirst() {
        endpoint.open("first");
        endpoint.message("hello");
        assertThat(bus.listenerCount("first")).isEqualTo(1);
        assertThatThrownBy(() -> endpoint.open("second"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Shared.open")
                .hasMessageContaining("jakarta.websocket.Session");
        assertThatThrownBy(() -> endpoint.message("whose?")).isInstanceOf(IllegalStateException.class);
        assertThat(bus.channelCount()).isZero();
    }

    @Test
    void aCallbackOnAThreadWithoutAnApplicationHasItsOwn() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Shared proxy = endpoint;
        thread.setContextClassLoader(null);
        try {
            proxy.open("first");
            assertThat(thread.getContextClassLoader()).as("afterwards").isNull();
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(proxy.loader()).isSameAs(Shared.class.getClassLoader());
    }

    @ApplicationScoped
    @ServerEndpoint("/shared")
    public static class Shared {
        @Inject
        Messages messages;

        private ClassLoader loader;

        public ClassLoader loader() {
            return loader;
        }

        @OnOpen
        public void open(String channel) {
            loader = Thread.currentThread().getContextClassLoader();
            messages.addListener(channel, event -> {});
        }

        @OnMessage
        public void message(String text) {}
    }

    @ApplicationScoped
    @ServerEndpoint("/told")
    public static class Told {
        @Inject
        Messages messages;

        @OnOpen
        public void open(Session session, String channel) {
            messages.addListener(channel, event -> {});
        }

        @OnClose
        public void close(Session session) {}
    }
}
