package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Subscription;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Socket;
import jakarta.websocket.CloseReason.CloseCodes;
import org.junit.jupiter.api.Test;

/** Open Liberty 26.0.0.3 takes the configuration away before an application ends. */
class EndWithoutConfigurationTest {
    private static final String PROPERTY = "messages.websocket.ping";

    @Test
    void anApplicationThatNeverHadAWebSocketReadsNothingAtItsEnd() {
        Node node = Node.with();
        Subscription subscription = node.applicationWide().addListener("channel", event -> {});
        System.setProperty(PROPERTY, "no time: whoever reads this fails");
        try {
            node.close();
        } finally {
            System.clearProperty(PROPERTY);
        }
        assertThat(subscription.isActive()).isFalse();
    }

    @Test
    void anApplicationThatHasAWebSocketClosesItAtItsEnd() {
        Node node = Node.with();
        Socket socket = Socket.open(node, "ada");

        node.close();

        assertThat(socket.isOpen()).isFalse();
        assertThat(socket.closed().getCloseCode()).isEqualTo(CloseCodes.GOING_AWAY);
    }
}
