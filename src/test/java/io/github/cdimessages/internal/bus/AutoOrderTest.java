package io.github.cdimessages.internal.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.NotReachableException;
import io.github.cdimessages.testing.Heard;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one thread posts with AUTO is heard here in its order, whichever of it falls back. */
class AutoOrderTest {
    private final FakeTransport network = new FakeTransport();
    private final Engine engine = new Engine(100, OverflowPolicy.DROP_OLDEST, network);
    private final Heard<Object> heard = new Heard<>();

    @BeforeEach
    void listen() {
        engine.bus.declare(String.class);
        engine.session("a").add("c", String.class, heard);
    }

    @AfterEach
    void end() {
        engine.close();
    }

    @Test
    void aMessageThatIsStillUnderWayIsHeardBeforeOneThatFallsBack() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        post("1", answer);
        Envelope echo = network.sent();
        network.reachable(false);
        post("2", new CompletableFuture<>());
        answer.completeExceptionally(new PostInDoubtException("provoked"));
        engine.bus.received(echo);
        assertHeard("1", "2");
    }

    @Test
    void theEchoOfALaterMessageComesAfterAnEarlierOneThatIsAboutToFail() throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletionStage<PostResult> first = post("1", answer);
        post("2", new CompletableFuture<>());
        engine.bus.received(network.sent());
        answer.completeExceptionally(new MessagesException("refused"));
        assertThat(result(first).reached()).isEqualTo(Reach.LOCAL);
        assertHeard("1", "2");
    }

    @Test
    void aMessageForWhichTheOutboxIsFullIsHeardBehindThoseUnderWay() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        post("1", answer);
        Envelope echo = network.sent();
        post("2", CompletableFuture.failedFuture(new MessagesException("the outbox is full")));
        engine.bus.received(echo);
        answer.complete(null);
        post("3", new CompletableFuture<>());
        engine.bus.received(network.sent());
        assertHeard("1", "2", "3");
    }

    @Test
    void aMessageThatTheNetworkTookJustBeforeItBrokeIsHeardAtOnceAndOnce() throws Exception {
        CompletionStage<PostResult> posted = post("1", CompletableFuture.completedFuture(null));
        Envelope echo = network.sent();
        network.reachable(false);
        engine.bus.lost("provoked");
        heard.await(1);
        engine.bus.received(echo); // by recovery
        assertThat(result(posted).reached()).isEqualTo(Reach.GLOBAL);
        assertHeard("1");
    }

    @Test
    void aMessageThatIsConfirmedAfterTheNetworkBrokeIsHeardAtOnceAndOnce() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        post("1", answer);
        Envelope echo = network.sent();
        network.reachable(false);
        answer.complete(null);
        heard.await(1);
        engine.bus.received(echo);
        assertHeard("1");
    }

    @Test
    void aMessageOfAPartOfTheNetworkThatGoesAwayAfterAnotherIsHeardAtOnceAndOnce() throws Exception {
        network.cutOff("elsewhere");
        engine.bus.cutOff("elsewhere"::equals);
        engine.bus.lost("provoked");
        CompletionStage<PostResult> posted = post("1", CompletableFuture.completedFuture(null));
        Envelope echo = network.sent();
        network.cutOff("c");
        engine.bus.cutOff("c"::equals);
        heard.await(1);
        post("2", new CompletableFuture<>());
        engine.bus.received(echo); // by recovery
        assertThat(result(posted).reached()).isEqualTo(Reach.GLOBAL);
        assertHeard("1", "2");
    }

    @Test
    void aMessageThatIsConfirmedWhenItsPartOfTheNetworkIsAwayIsHeardAtOnceAndOnce() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        post("1", answer);
        Envelope echo = network.sent();
        network.cutOff("c");
        answer.complete(null);
        heard.await(1);
        engine.bus.received(echo);
        assertHeard("1");
    }

    @Test
    void aPartOfTheNetworkThatGoesAwayTakesNoOtherMessagesAlong() {
        post("1", CompletableFuture.completedFuture(null));
        Envelope echo = network.sent();
        network.cutOff("elsewhere");
        engine.bus.cutOff("elsewhere"::equals);
        assertHeard(); // the network still brings it
        engine.bus.received(echo);
        heard.await(2);
        assertThat(heard.all()).containsExactly("end", "1");
    }

    @Test
    void aFaultIsToldThoughThisServerHasTheMessage() throws Exception {
        MessagesException full = new MessagesException("the outbox is full");
        PostResult result = result(post("1", CompletableFuture.failedFuture(full)));
        assertThat(result.reached()).isEqualTo(Reach.LOCAL);
        assertThat(engine.announced()).containsExactly(new DeliveryFailure("c", result.messageId(), null, null, full));
        assertThat(engine.bus.failureCount()).isEqualTo(1);
        assertHeard("1");
    }

    @Test
    void aRefusalIsToldThoughTheMessageMayStillArriveAndIsHeardOnce() {
        PostInDoubtException refused = new PostInDoubtException("refused", new MessagesException("no rights"));
        post("1", CompletableFuture.failedFuture(refused));
        Envelope echo = network.sent();
        assertThat(engine.bus.failureCount()).isEqualTo(1);
        engine.bus.received(echo); // by recovery
        assertHeard("1");
    }

    @Test
    void aNetworkThatIsAwayIsNoFaultOfAMessage() {
        post("1", CompletableFuture.failedFuture(new NotReachableException("provoked")));
        assertThat(engine.bus.failureCount()).isZero();
        assertHeard("1");
    }

    @Test
    void whatCanNeverBeSentIsThrownByTheCallAndHeardNowhere() {
        network.answerBy(new CompletableFuture<>(), () -> {
            throw new MessagesException("too large");
        });
        assertThatThrownBy(() -> engine.bus.post("c", "1", Reach.AUTO)).hasMessage("too large");
        network.reachable(false);
        engine.bus.lost("provoked");
        assertHeard();
    }

    private CompletionStage<PostResult> post(String message, CompletableFuture<Void> answer) {
        network.answerBy(answer, () -> {});
        return engine.bus.post("c", message, Reach.AUTO);
    }

    private static PostResult result(CompletionStage<PostResult> posted) throws Exception {
        return posted.toCompletableFuture().get(10, SECONDS);
    }

    private void assertHeard(String... messages) {
        engine.post("c", "end");
        heard.await(messages.length + 1);
        String[] all = Arrays.copyOf(messages, messages.length + 1);
        all[messages.length] = "end";
        assertThat(heard.all()).containsExactly((Object[]) all);
    }
}
