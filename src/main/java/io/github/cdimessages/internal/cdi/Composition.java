package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.Messages;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.internal.bus.BusParts;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.redis.RedisLifecycle;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;

/** Puts the parts of the engine together, and gives applications their {@link Messages}. */
class Composition {
    private static final int LETTERS = 6;

    @Produces
    @Singleton
    Settings settings() {
        return Configuration.find();
    }

    @Produces
    @Singleton
    Workers workers(Settings settings, OwnThreads own) {
        int most = settings.number("messages.workers", 32, 1, 10_000);
        return ManagedThreads.executor(settings)
                .map(managed -> new Workers(managed, most, ManagedThreads.contextual()))
                .orElseGet(() -> new Workers(own, most, task -> task));
    }

    @Produces
    @Singleton
    MessageBus bus(
            Settings settings,
            Workers workers,
            MessagesExtension deployment,
            RequestContexts contexts,
            Event<Arrival> arrivals,
            Announcer announcer,
            MessageCodec codec,
            Network network) {
        MessageBus bus = new MessageBus(new BusParts(
                origin(settings),
                settings.number("messages.inbox.capacity", 10_000, 1, 10_000_000),
                settings.choice("messages.inbox.overflow", OverflowPolicy.DROP_OLDEST),
                settings.number("messages.stream.capacity", 10_000, 1, 10_000_000),
                settings.choice("messages.stream.overflow", OverflowPolicy.DROP_OLDEST),
                deployment.types(),
                codec,
                workers,
                contexts,
                event -> arrivals.fire(new Arrival(event)),
                announcer,
                network.transport()));
        deployment.started(bus);
        return bus;
    }

    @Produces
    @Singleton
    RedisLifecycle redis(Network network, MessageBus bus) {
        return network.redis(bus);
    }

    @Produces
    @ApplicationScoped
    Messages messages(MessageBus bus, CurrentSession current) {
        return new SessionMessages(bus, current::forChannel);
    }

    @Produces
    @ApplicationScoped
    @ApplicationWide
    Messages applicationWide(MessageBus bus) {
        return new SessionMessages(bus, channel -> bus.application());
    }

    private static String origin(Settings settings) {
        String node = settings.text("messages.node").orElse("server");
        StringBuilder origin = new StringBuilder(node).append('-');
        for (int i = 0; i < LETTERS; i++) {
            origin.append(Character.forDigit(ThreadLocalRandom.current().nextInt(10, 36), 36));
        }
        return origin.toString();
    }
}
