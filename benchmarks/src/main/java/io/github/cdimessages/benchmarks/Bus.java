package io.github.cdimessages.benchmarks;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.internal.bus.Announcements;
import io.github.cdimessages.internal.bus.BusParts;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.MessageTypes;
import io.github.cdimessages.internal.bus.Work;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.spi.MessageCodec;
import java.util.concurrent.Executor;

/** The engine as an application has it, without the container around it. */
final class Bus {
    private Bus() {}

    static MessageBus on(Executor threads) {
        MessageBus[] made = new MessageBus[1];
        made[0] = new MessageBus(new BusParts(
                "here",
                10_000_000,
                OverflowPolicy.DROP_OLDEST,
                10_000,
                OverflowPolicy.DROP_OLDEST,
                new MessageTypes(),
                new NoCodec(),
                new Workers(threads, 32, work -> work),
                threads,
                Work::run,
                event -> made[0].dispatch(event),
                Announcements.NONE,
                null));
        return made[0];
    }

    /** What is posted on one server is never written. */
    private static final class NoCodec implements MessageCodec {
        @Override
        public String encode(Object message) {
            throw new MessagesException("not written");
        }

        @Override
        public <T> T decode(String json, Class<T> type) {
            throw new MessagesException("not read");
        }
    }
}
