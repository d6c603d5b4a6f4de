package io.github.cdimessages.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.internal.bus.BusSession;
import io.github.cdimessages.testing.Node;
import io.github.cdimessages.testing.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What posters, consumers and ends do to one stream at the same time, over and over. */
class StreamRacesTest {
    private static final int TOGETHER = 50;
    private static final int TIMES = 400;
    private static final int MESSAGES = 3;
    private static final int CAPACITY = 16;

    record Order(int number) {}

    /** How a stream ends while others are at it. */
    enum End {
        CLOSE {
            @Override
            void of(Round round) {
                round.stream.close();
            }
        },
        SESSION {
            @Override
            void of(Round round) {
                round.session.end();
            }
        },
        POSTER {
            @Override
            void of(Round round) {
                // the poster closes it when it has posted all: postAll
            }
        },
        CANCEL {
            @Override
            void of(Round round) {
                round.taken.subscription().cancel();
            }
        },
        OVERFLOW {
            @Override
            void of(Round round) {
                for (int i = 0; i <= CAPACITY; i++) {
                    round.post(0);
                }
            }
        };

        abstract void of(Round round);
    }

    private final Node node = Node.with();
    private final AtomicLong names = new AtomicLong();

    @AfterEach
    void stop() {
        node.close();
    }

    /** Each round: one thread posts, one subscribes and asks, one ends. */
    @ParameterizedTest
    @EnumSource
    void everySubscriberGetsAPrefixInOrderAndOneEnd(End end) throws Exception {
        for (int time = 0; time < TIMES; time++) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                rounds.add(new Round());
            }
            together(
                    () -> rounds.forEach(round -> round.postAll(end)),
                    () -> rounds.forEach(Round::consume),
                    () -> rounds.forEach(end::of));
            rounds.forEach(round -> round.check(end));
        }
        assertThat(node.bus().channelCount()).isZero();
        assertThat(node.bus().failureCount()).satisfies(count -> {
            if (end != End.OVERFLOW) {
                assertThat(count).isZero();
            }
        });
    }

    private static void together(Runnable... works) throws Exception {
        CyclicBarrier start = new CyclicBarrier(works.length);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (Runnable work : works) {
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                start.await();
                work.run();
                return true;
            });
            new Thread(task).start();
            tasks.add(task);
        }
        for (FutureTask<Boolean> task : tasks) {
            assertThat(task.get()).isTrue();
        }
    }

    private final class Round {
        final String channel = "orders-" + names.incrementAndGet();
        final BusSession session = node.bus().open("a session");
        final MessageStream<Order> stream =
                session.stream(channel, Order.class, CAPACITY, OverflowPolicy.CLOSE_SESSION);
        final Taken<Order> taken = new Taken<>(1);

        void post(int number) {
            node.applicationWide().postMessage(channel, new Order(number));
        }

        void postAll(End end) {
            IntStream.range(0, MESSAGES).forEach(this::post);
            if (end == End.POSTER) {
                stream.close();
            }
        }

        void consume() {
            stream.subscribe(taken);
            taken.subscription().request(1);
            taken.subscription().request(2);
            taken.subscription().request(Long.MAX_VALUE);
        }

        void check(End end) {
            if (end != End.CANCEL && end != End.OVERFLOW) {
                taken.awaitEnd();
                assertThat(taken.ends()).isEqualTo(1);
                assertThat(taken.problem()).isNull();
            }
            if (end == End.POSTER) {
                assertThat(taken.all()).hasSize(MESSAGES);
            }
            if (end == End.OVERFLOW) {
                stream.close();
                taken.awaitEnd();
                assertThat(taken.ends()).isEqualTo(1);
            } else {
                List<Integer> numbers = taken.all().stream().map(Order::number).toList();
                assertThat(numbers)
                        .isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
            }
            session.end();
            assertThat(stream.isClosed()).isTrue();
        }
    }
}
