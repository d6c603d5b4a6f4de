package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.virtual.ThreadsEndpoint;
import io.github.cdimessages.arquillian.virtual.VirtualThreads;
import java.net.URL;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The library on virtual threads, which a managed executor of Jakarta EE 11 may have. */
@Tag("ee11")
@ArquillianTest
class VirtualThreadsTest {
    private final String channel = "channel-" + UUID.randomUUID();

    @ArquillianResource
    URL url;

    private Remote server;

    @Deployment(testable = false)
    static WebArchive war() {
        RedisProcess.shared();
        return Wars.application()
                .addPackage(ThreadsEndpoint.class.getPackage())
                .addAsResource(
                        new StringAsset("config_ordinal=500\nmessages.executor=" + VirtualThreads.NAME + "\n"),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void findTheServer() {
        server = Remote.of(url);
    }

    @Test
    void listenersObserversAndStreamsRunOnVirtualThreads() {
        Client client = Client.to(server.socket("threads/" + channel));
        server.awaitListeners(channel, 2);
        assertThat(server.post(channel, "local", Reach.LOCAL, 1)).isEqualTo("LOCAL");
        assertThat(server.post(channel, "global", Reach.GLOBAL, 1)).isEqualTo("GLOBAL");
        server.awaitHeard("listener-in-" + channel, "local on a virtual thread,global on a virtual thread");
        server.awaitHeard("stream-in-" + channel, "local on a virtual thread,global on a virtual thread");
        server.post("threads", channel);
        server.awaitHeard("observer", channel + " on a virtual thread");
        client.close();
        server.awaitListeners(channel, 0);
    }

    @Test
    void aBurstArrivesCompleteOnVirtualThreads() {
        Client client = Client.to(server.socket("threads/" + channel));
        server.awaitListeners(channel, 2);
        server.post(channel, "text", Reach.LOCAL, 5_000);
        client.awaitTexts(5_000);
        assertThat(client.texts()).containsOnly("text").hasSize(5_000);
        client.close();
        server.awaitListeners(channel, 0);
    }
}
