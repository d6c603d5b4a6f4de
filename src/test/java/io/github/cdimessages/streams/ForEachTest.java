package io.github.cdimessages.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream that is sent elsewhere in one line. */
class ForEachTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    record Order(int number) {}

    private final Node node = Node.with(Told.class);
    private final Told told = node.get(Told.class);
    private final MessageStream<Order> stream = node.applicationWide().createStream("orders", Order.class);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anActionGetsEachMessageAndTheStageIsDoneAtTheEnd() {
        Heard<Order> heard = new Heard<>();
        CompletionStage<Void> done = stream.forEach(heard);
        post(1, 2, 3);
        stream.close();

        assertThat(done.toCompletableFuture()).succeedsWithin(LONG);
        assertThat(heard.all()).containsExactly(new Order(1), new Order(2), new Order(3));
    }

    @Test
    void anActionThatThrowsEndsTheStreamAndIsTold() {
        IOException gone = new IOException("the client is gone");
        CompletionStage<Void> done = stream.forEach(order -> {
            throw gone;
        });
        post(1, 2);

        assertThat(done.toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableThat()
                .withCause(gone);
        assertThat(told.awaitFailure().cause()).isSameAs(gone);
        assertThat(told.awaitFailure().messageId()).isNotNull();
        assertThat(told.failures()).hasSize(1);
        assertThat(stream.isClosed()).isTrue();
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void theNextMessageIsSentWhenTheStageOfTheLastOneIsDone() {
        List<CompletableFuture<String>> sending = new CopyOnWriteArrayList<>();
        CompletionStage<Void> done = stream.forEachAsync(order -> {
            CompletableFuture<String> sent = new CompletableFuture<>();
            sending.add(sent);
            return sent;
        });
        Heard<Order> others = new Heard<>();
        node.applicationWide().addListener("orders", Order.class, others);
        post(1, 2);

        others.await(2); // the slow one holds up nobody
        Awaitility.await().atMost(LONG).until(() -> sending.size() == 1);
        sending.get(0).complete("sent");
        Awaitility.await().atMost(LONG).until(() -> sending.size() == 2);
        stream.close();
        assertThat(done.toCompletableFuture()).isNotDone();
        sending.get(1).complete("sent");
        assertThat(done.toCompletableFuture()).succeedsWithin(LONG);
        assertThat(sending).hasSize(2);
    }

    @Test
    void aStageThatFailsEndsTheStreamAndIsTold() {
        IOException gone = new IOException("the client is gone");
        CompletionStage<Void> done = stream.forEachAsync(order -> CompletableFuture.failedFuture(gone));
        post(1, 2);

        assertThat(done.toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableThat()
                .withCause(gone);
        assertThat(told.awaitFailure().cause()).isSameAs(gone);
        assertThat(told.awaitFailure().messageId()).isNotNull();
        assertThat(told.failures()).hasSize(1);
        assertThat(node.bus().channelCount()).isZero();
    }

    @Test
    void anActionThatGivesNoStageEndsTheStreamAndIsTold() {
        CompletionStage<Void> done = stream.forEachAsync(order -> null);
        post(1, 2);

        assertThat(done.toCompletableFuture()).failsWithin(LONG);
        assertThat(told.awaitFailure().cause()).hasMessageContaining("give a stage");
    }

    @Test
    void theEndOfTheApplicationComesAfterWhatIsBuffered() {
        Heard<Order> heard = new Heard<>();
        CompletionStage<Void> done = stream.forEach(heard);
        IntStream.range(0, 1_000).forEach(this::post);

        node.close();

        assertThat(done.toCompletableFuture()).isCompleted();
        assertThat(heard.all()).hasSize(1_000);
    }

    private void post(int... numbers) {
        for (int number : numbers) {
            node.applicationWide().postMessage("orders", new Order(number));
        }
    }
}
