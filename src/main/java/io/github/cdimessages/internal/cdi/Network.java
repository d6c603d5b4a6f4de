package io.github.cdimessages.internal.cdi;

import static java.lang.System.Logger.Level.INFO;

import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.internal.redis.RedisLifecycle;
import io.github.cdimessages.internal.redis.RedisTransport;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.revocation.Ledger;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.Transport;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to the other servers: the application's own transport, else Redis if it is configured, else none. */
class Network {
    private static final System.Logger LOG = System.getLogger(Network.class.getName());

    private final @Nullable Transport own;
    private final @Nullable RedisTransport redis;

    @Inject
    Network(MessagesExtension deployment, BeanManager beans, Settings settings, OwnThreads threads, Ticker ticker) {
        own = deployment.application().find(beans, Transport.class);
        Optional<RedisSettings> configured = own == null ? RedisSettings.read(settings) : Optional.empty();
        redis = configured
                .map(found -> new RedisTransport(found, threads, ticker))
                .orElse(null);
        if (own == null && redis == null) {
            LOG.log(
                    INFO,
                    "property 'messages.redis.uri' is not set: messages stay on this server, and GLOBAL is refused");
        }
    }

    @Nullable
    Transport transport() {
        return own != null ? own : redis;
    }

    /** What the network keeps of revocations; nothing where the transport is the application's own. */
    @Nullable
    Ledger ledger() {
        return redis == null ? null : redis.ledger();
    }

    /** What the singleton EJB starts and stops, on managed threads. */
    RedisLifecycle redis(Transport.Receiver receiver) {
        return redis == null ? RedisLifecycle.none() : RedisLifecycle.of(redis, receiver);
    }

    void start(Transport.Receiver receiver) {
        if (own != null) {
            own.start(receiver);
        }
    }

    void end(@Observes @Priority(ApplicationEnding.TRANSPORT) ApplicationEnding event) {
        Transport ending = transport();
        if (ending != null) {
            ending.stop();
        }
    }
}
