package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.Messages;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.Subscription;
import io.github.cdimessages.arquillian.app.Basket;
import io.github.cdimessages.arquillian.app.Conversation;
import io.github.cdimessages.arquillian.app.Heard;
import io.github.cdimessages.arquillian.app.ListeningEjb;
import io.github.cdimessages.arquillian.app.Note;
import io.github.cdimessages.arquillian.app.OfConnection;
import io.github.cdimessages.arquillian.app.Shape;
import io.github.cdimessages.arquillian.host.LogLines;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.redis.RedisSubscriber;
import io.github.cdimessages.internal.settings.Settings;
import jakarta.enterprise.concurrent.ManageableThread;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Each test runs inside the server, in a request of its own. */
@ArquillianTest
class InsideTheServerTest {
    private final String channel = "channel-" + UUID.randomUUID();

    @Inject
    Messages messages;

    @Inject
    @ApplicationWide
    Messages applicationWide;

    @Inject
    BeanManager beans;

    @Inject
    MessageBus bus;

    @Inject
    Settings settings;

    @Inject
    Heard heard;

    @Inject
    Conversation conversation;

    @Inject
    OfConnection ofConnection;

    @Inject
    ListeningEjb ejb;

    @Deployment
    static WebArchive war() {
        RedisProcess.shared();
        return Wars.applicationWithTests().addClasses(RawRedis.class, LogLines.class);
    }

    @Test
    void anEjbListensInItsCallersRequest() {
        assertThat(ejb.called(channel)).isEqualTo("hello");
        assertThat(bus.listenerCount(channel)).isEqualTo(1);
    }

    @Test
    void anAsynchronousEjbListensForTheLengthOfItsCall() throws Exception {
        assertThat(ejb.calledAsynchronously(channel).get(30, SECONDS)).isEqualTo("hello");
        awaitListeners(0);
    }

    @Test
    void aTimerListensForTheLengthOfItsCall() {
        ejb.startTimer(channel);
        awaitHeard(channel, "hello");
        awaitListeners(0);
    }

    @Test
    void aThreadWithoutAnyContextPostsButDoesNotListen() throws Exception {
        Subscription subscription = messages.addListener(channel, Note.class, note -> heard.add(channel, note.text()));
        executor()
                .submit(() -> messages.postMessage(channel, new Note("from a plain thread")))
                .get(30, SECONDS);
        awaitHeard(channel, "from a plain thread");
        assertThatThrownBy(() -> executor()
                        .submit(() -> conversation.hearsItself(channel))
                        .get(30, SECONDS))
                .cause()
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageContaining(channel)
                .hasMessageContaining("@ApplicationWide");
        assertThat(subscription.isActive()).isTrue();
    }

    @Test
    void theWebSocketScopeIsInactiveInARequest() {
        assertThatThrownBy(() -> ofConnection.id())
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageContaining("WebSocket");
    }

    @Test
    void anApplicationWideListenerNeedsNoRequest() throws Exception {
        Subscription subscription = executor()
                .submit(() -> applicationWide.addListener(channel, Note.class, note -> heard.add(channel, note.text())))
                .get(30, SECONDS);
        messages.postMessage(channel, new Note("hello"));
        awaitHeard(channel, "hello");
        subscription.close();
        assertThat(bus.listenerCount(channel)).isZero();
    }

    @Test
    void eachKindOfObserverHearsTheChannelItNames() {
        messages.postMessage("observed", new Note(channel));
        messages.postMessage("not-observed", new Note(channel));
        List.of("observer of notes", "observer of the channel", "asynchronous observer of notes")
                .forEach(observer -> awaitHeard(observer, channel));
        assertThat(heard.in("unqualified observer")).isEmpty();
    }

    @Test
    void aGlobalMessageComesThroughRedisOnce() throws Exception {
        messages.addListener(
                channel,
                event -> heard.add(
                        channel, event.reach() + " " + event.payload(Note.class).text()));
        PostResult result = messages.postMessage(channel, new Note("hello"), Reach.GLOBAL)
                .toCompletableFuture()
                .get(30, SECONDS);
        messages.postMessage(channel, new Note("last"), Reach.GLOBAL);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> heard.in(channel).contains("GLOBAL last"));
        assertThat(heard.in(channel)).containsExactly("GLOBAL hello", "GLOBAL last");
        assertThat(result.reached()).isEqualTo(Reach.GLOBAL);
    }

    @Test
    void whatHasTypeParametersInsideComesThroughRedisAsItWas() throws Exception {
        Basket basket = Basket.full();
        assertThat(conversation.throughRedis(channel, Basket.class, List.of(basket)))
                .singleElement()
                .isEqualTo(basket)
                .isNotSameAs(basket);
    }

    @Test
    void aSealedTypesListenerGetsEachOfItsClassesThroughRedis() throws Exception {
        assertThat(conversation.throughRedis(channel, Shape.class, Shape.each()))
                .isEqualTo(Shape.each());
    }

    @Test
    void theLinkToRedisIsThereOnceAndOnManagedThreads() throws Exception {
        assertThat(beans.getBeans(RedisSubscriber.class)).hasSize(1);
        assertThat(InitialContext.<Object>doLookup("java:module/RedisSubscriber"))
                .isInstanceOf(RedisSubscriber.class);
        messages.postMessage(channel, new Note("hello"), Reach.GLOBAL)
                .toCompletableFuture()
                .get(30, SECONDS);
        // a third connection lives only as long as the logs are read
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(RawRedis.connections(redis()))
                        .containsExactly("cdi-messages-publisher", "cdi-messages-subscriber"));
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("cdi-messages-redis"))
                .hasSize(4)
                .allMatch(ManageableThread.class::isInstance);
    }

    @Test
    void whatIsNoMessageIsLoggedOnceAndTheNextMessageArrives() throws Exception {
        listenInRedis(Note.class, note -> heard.add(channel, note.text()));
        try (LogLines log = new LogLines()) {
            List<byte[]> published = new ArrayList<>(Collections.nCopies(10, "garbage".getBytes(UTF_8)));
            published.add(RawRedis.envelope(1, Note.class.getName(), "no JSON"));
            published.add(RawRedis.envelope(2, Note.class.getName(), "{\"text\":\"good\"}"));
            RawRedis.publish(redis(), channel, published.toArray(byte[][]::new));
            awaitHeard(channel, "good");
            assertThat(log.about(channel))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("no message of this library"))
                    .anyMatch(line -> line.contains("can't be read"));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> heard.in("failures of " + channel).size() == 11);
    }

    @Test
    void aTypeThatIsNotKnownIsLoggedOnceAndTheNextMessageArrives() throws Exception {
        listenInRedis(Object.class, message -> heard.add(channel, message.toString()));
        try (LogLines log = new LogLines()) {
            byte[][] published = new byte[11][];
            for (int i = 0; i < 10; i++) {
                published[i] = RawRedis.envelope(i, "java.lang.Runtime", "{}");
            }
            published[10] = RawRedis.envelope(11, "memo", "{\"text\":\"good\"}");
            RawRedis.publish(redis(), channel, published);
            awaitHeard(channel, "Memo[text=good]");
            assertThat(log.about(channel)).hasSize(1);
        }
    }

    /** Looked up: Open Liberty 26.0.0.3 injects no resource into a test. */
    private static ManagedExecutorService executor() throws NamingException {
        return InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
    }

    private String redis() {
        return settings.text("messages.redis.uri").orElseThrow();
    }

    private <T> void listenInRedis(Class<T> type, ChannelListener<T> listener) throws Exception {
        messages.addListener(channel, type, listener)
                .ready()
                .toCompletableFuture()
                .get(30, SECONDS);
    }

    private void awaitHeard(String where, String text) {
        Awaitility.await(where)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(heard.in(where)).containsExactly(text));
    }

    private void awaitListeners(int count) {
        Awaitility.await(channel)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bus.listenerCount(channel)).isEqualTo(count));
    }
}
