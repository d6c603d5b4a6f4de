package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.Heard;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages posted with AUTO of which nobody knows whether the network took them. */
class AutoDoubtTest {
    private final FakeTransport network = new FakeTransport();
    private final Engine engine = new Engine(100, OverflowPolicy.DROP_OLDEST, network);
    private final Heard<Object> heard = new Heard<>();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    @BeforeEach
    void listen() {
        engine.bus.declare(String.class);
        engine.session("a").add("c", String.class, heard);
        network.answerBy(answer, () -> {});
    }

    @AfterEach
    void end() {
        engine.close();
    }

    @Test
    void manyThatWereNeverSentDoNotMakeItForgetOneThatIsInDoubt() throws Exception {
        CompletableFuture<PostResult> inDoubt = post();
        answer.completeExceptionally(new PostInDoubtException("provoked"));
        assertThat(inDoubt.get().reached()).isEqualTo(Reach.LOCAL);
        heard.await(1);
        var echo = network.sent();
        network.answerBy(CompletableFuture.failedFuture(new MessagesException("provoked")), () -> {});
        for (int i = 0; i < 20_000; i++) {
            assertThat(engine.bus
                            .post("elsewhere", "2", Reach.AUTO)
                            .toCompletableFuture()
                            .get()
                            .reached())
                    .isEqualTo(Reach.LOCAL);
        }
        engine.bus.received(echo);
        assertEndIsHeardAfter("1");
    }

    private CompletableFuture<PostResult> post() {
        return engine.bus.post("c", "1", Reach.AUTO).toCompletableFuture();
    }

    private void assertEndIsHeardAfter(String first) {
        engine.post("c", "end");
        heard.await(2);
        assertThat(heard.all()).containsExactly(first, "end");
    }
}
