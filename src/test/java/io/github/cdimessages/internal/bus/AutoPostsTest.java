package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is posted with AUTO is heard here once, however its echo and its answer come. */
class AutoPostsTest {
    private final FakeTransport network = new FakeTransport();
    private final Engine engine = new Engine(1_000, OverflowPolicy.DROP_OLDEST, network);
    private final AtomicInteger heard = new AtomicInteger();
    private final Semaphore served = new Semaphore(0);

    @BeforeEach
    void listen() {
        engine.session("s").add("c", String.class, message -> {
            if (message.equals("end")) {
                served.release();
            } else {
                heard.incrementAndGet();
            }
        });
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** A is the network's yes, F its doubt, E the echo; one before the dash comes before publish has returned. */
    @ParameterizedTest
    @CsvSource({
        "-AE, GLOBAL", "-EA, GLOBAL", "A-E, GLOBAL", "E-A, GLOBAL", "AE-, GLOBAL", "EA-, GLOBAL",
        "-FE, LOCAL", "-EF, GLOBAL", "F-E, LOCAL", "E-F, GLOBAL", "FE-, GLOBAL", "EF-, GLOBAL",
        "-F, LOCAL", "F-, LOCAL", "-FEE, LOCAL"
    })
    void itIsHeardOnceInEveryOrder(String order, Reach reached) throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        String early = order.substring(0, order.indexOf('-'));
        network.answerBy(answer, () -> happen(early, answer));
        CompletableFuture<PostResult> result =
                engine.bus.post("c", "hello", Reach.AUTO).toCompletableFuture();
        happen(order.substring(order.indexOf('-') + 1), answer);
        assertThat(result.get().reached()).isEqualTo(reached);
        awaitEverything();
        assertThat(heard).hasValue(1);
    }

    @Test
    void itIsHeardOnceWhenTheEchoRacesWithTheAnswer() throws Exception {
        int rounds = 20_000;
        AtomicReference<CompletableFuture<Void>> answer = new AtomicReference<>();
        for (String answers : new String[] {"A", "F"}) {
            CyclicBarrier round = new CyclicBarrier(2);
            heard.set(0);
            Crowd.of(2, number -> {
                for (int i = 0; i < rounds; i++) {
                    if (number == 0) {
                        answer.set(new CompletableFuture<>());
                        network.answerBy(answer.get(), () -> {});
                        engine.bus.post("c", "hello", Reach.AUTO);
                    }
                    round.await();
                    happen(number == 0 ? "E" : answers, answer.get());
                    round.await();
                    if (number == 0) {
                        awaitEverything();
                        assertThat(heard).as("round %d of %s", i, answers).hasValue(i + 1);
                    }
                }
            });
        }
    }

    private void happen(String events, CompletableFuture<Void> answer) {
        for (int i = 0; i < events.length(); i++) {
            switch (events.charAt(i)) {
                case 'A' -> answer.complete(null);
                case 'F' -> answer.completeExceptionally(new PostInDoubtException("the link broke"));
                default -> engine.bus.received(network.sent());
            }
        }
    }

    /** All that was posted before has been heard when this was. */
    private void awaitEverything() throws InterruptedException {
        engine.post("c", "end");
        Crowd.take(served);
    }
}
