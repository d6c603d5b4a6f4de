package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What waits on behalf of a stream is bounded, however long its session is busy. */
class ChannelStreamTest {

    @Test
    void aStreamWhoseTurnDoesNotComeIsFiledOnce() throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        AtomicInteger turns = new AtomicInteger();
        Turn turn = new Turn() {
            @Override
            boolean tryTake() {
                return !busy.get() && turns.incrementAndGet() > 0;
            }

            @Override
            boolean isTaken() {
                return busy.get();
            }
        };
        int posted = 1_000;
        try (Engine engine = new Engine()) {
            BusSession session = new BusSession(engine.bus, "busy", turn, SessionOwner.NOBODY);
            Semaphore heard = new Semaphore(0);
            session.stream("c", Long.class).forEach(message -> heard.release());
            for (long i = 0; i < posted; i++) {
                engine.post("c", i);
            }
            busy.set(false);
            session.call(() -> null);
            Engine.await("messages", () -> heard.availablePermits() == posted);
            // one for each message, one to begin, and those which found nothing more to do
            assertThat(turns.get()).isBetween(posted, posted + 100);
        }
    }
}
