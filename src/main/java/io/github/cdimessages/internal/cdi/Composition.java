package io.github.cdimessages.internal.cdi;

import static java.util.Objects.requireNonNull;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.IdentityResolver;
import io.github.cdimessages.Messages;
import io.github.cdimessages.internal.bus.BusParts;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.internal.bus.Workers;
import io.github.cdimessages.internal.jsonb.JsonbCodec;
import io.github.cdimessages.internal.redis.RedisLifecycle;
import io.github.cdimessages.internal.revocation.Handshakes;
import io.github.cdimessages.internal.revocation.Resolver;
import io.github.cdimessages.internal.revocation.RevocationSettings;
import io.github.cdimessages.internal.revocation.Revocations;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;

/** Puts the parts of the engine together, and gives applications their {@link Messages}. */
class Composition {
    @Produces
    @Singleton
    Settings settings() {
        return Configuration.find();
    }

    @Produces
    @Singleton
    ServerSettings serverSettings(Settings settings) {
        return ServerSettings.read(settings);
    }

    @Produces
    @Singleton
    Workers workers(Settings settings, ServerSettings server, OwnThreads own) {
        return ManagedThreads.workers(settings, own, server.workers());
    }

    @Produces
    @Singleton
    MessageBus bus(
            ServerSettings settings,
            Workers workers,
            Ticker ticker,
            MessagesExtension deployment,
            RequestContexts contexts,
            Event<Arrival> arrivals,
            Announcer announcer,
            BeanManager beans,
            Network network) {
        MessageBus bus = new MessageBus(new BusParts(
                settings.origin(),
                settings.inboxCapacity(),
                settings.inboxOverflow(),
                settings.streamCapacity(),
                settings.streamOverflow(),
                deployment.types(),
                requireNonNull(deployment.application().find(beans, MessageCodec.class), "the library's own"),
                workers,
                ticker,
                contexts,
                event -> arrivals.fire(new Arrival(event)),
                announcer,
                network.transport()));
        deployment.started(bus);
        return bus;
    }

    @Produces
    @Singleton
    Revocations revocations(Settings settings, MessageBus bus, Announcer announcer, Ticker ticker, Network network) {
        return new Revocations(
                RevocationSettings.read(settings),
                bus,
                new JsonbCodec(), // no bean: what an application does to its codecs must not stop a revocation
                announcer,
                ticker,
                network.transport(),
                network.ledger());
    }

    @Produces
    @Singleton
    Handshakes handshakes() {
        return new Handshakes();
    }

    @Produces
    @Singleton
    Resolver resolver(MessagesExtension deployment, BeanManager beans) {
        return new Resolver(deployment.application().find(beans, IdentityResolver.class));
    }

    @Produces
    @Singleton
    RedisLifecycle redis(
            MessagesExtension deployment,
            Network network,
            MessageBus bus,
            Revocations revocations,
            Workers workers,
            Timer timer,
            OwnThreads threads) {
        RedisLifecycle redis = network.redis(revocations.before(bus));
        deployment.endsBy(new Ending(bus, revocations, redis, workers, timer, threads));
        return redis;
    }

    @Produces
    @ApplicationScoped
    Messages messages(MessageBus bus, Revocations revocations, CurrentSession current) {
        return new SessionMessages(bus, revocations, current::forChannel);
    }

    @Produces
    @ApplicationScoped
    @ApplicationWide
    Messages applicationWide(MessageBus bus, Revocations revocations) {
        return new SessionMessages(bus, revocations, channel -> bus.application());
    }
}
