package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.bus.Throttle;
import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.internal.revocation.Ledger;
import io.github.cdimessages.internal.revocation.NetworkClock;
import io.github.cdimessages.internal.revocation.UnwritableException;
import io.github.cdimessages.spi.Envelope;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** The stream in Redis that keeps the revocations, by Redis' own time; see docs/wire-format.md. */
final class RedisLedger implements Ledger {
    private static final System.Logger LOG = System.getLogger(RedisLedger.class.getName());
    private static final int PAGE = 500;
    private static final byte[] FIELD = text("e");
    static final String CHANNEL = "_revocations";

    private final RedisSettings settings;
    private final Connector connector;
    private final ChannelNames names;
    private final EnvelopeFormat format;
    private final Timing timing;
    private final Throttle throttle = new Throttle();
    private final Seal seal; // used by asked() alone, by one thread at a time

    RedisLedger(RedisSettings settings, Connector connector, ChannelNames names, EnvelopeFormat format, Timing timing) {
        this.settings = settings;
        this.connector = connector;
        this.names = names;
        this.format = format;
        this.timing = timing;
        this.seal = new Seal(settings.signing());
    }

    @Override
    public Duration patience() {
        return settings.postTimeout();
    }

    @Override
    public void append(NetworkClock clock, Supplier<Envelope> entry, Duration keep) {
        asked(link -> {
            long now = adjust(link, clock);
            byte[] key = names.revocations();
            byte[] oldest = text(Long.toString(now / 1_000 - keep.toMillis()));
            byte[] bytes = encoded(entry);
            if (seal.signs()) {
                seal.sign(Seal.Kind.REVOCATION, key, 0, bytes);
            }
            link.call(Command.XADD, List.of(key, text("MINID"), text("~"), oldest, text("*"), FIELD, bytes));
            return link.call(Command.PEXPIRE, List.of(key, text(Long.toString(keep.toMillis()))));
        });
    }

    @Override
    public Page read(NetworkClock clock, long since) {
        return asked(link -> {
            long now = adjust(link, clock);
            List<Envelope> found = new ArrayList<>();
            String from = Long.toString(since / 1_000);
            int size;
            do {
                List<?> page = (List<?>) requireNonNull(link.call(
                        Command.XRANGE,
                        List.of(
                                names.revocations(),
                                text(from),
                                text("+"),
                                text("COUNT"),
                                text(Integer.toString(PAGE)))));
                size = page.size();
                for (Object each : page) {
                    List<?> entry = (List<?>) requireNonNull(each);
                    from = '(' + new String((byte[]) requireNonNull(entry.get(0)), UTF_8);
                    take((List<?>) requireNonNull(entry.get(1)), found);
                }
            } while (size == PAGE);
            return new Page(found, now);
        });
    }

    void close() {
        connector.close();
    }

    /** One connection for each: it is needed seldom, and Redis may be elsewhere the next time. */
    private synchronized <T> T asked(Function<Link, T> question) {
        try {
            Link link = connector.connect();
            try {
                link.setSoTimeout((int) timing.answer().toMillis());
                return question.apply(link);
            } finally {
                link.giveUp("the ledger was asked");
            }
        } catch (JedisDataException e) {
            if (Causes.refusal(e) == null) {
                throw new MessagesException(
                        "Redis at " + settings.address() + " does not serve the ledger of revocations now: "
                                + e.getMessage(),
                        e);
            }
            throw new MessagesException(
                    "Redis refuses the ledger of revocations (" + e.getMessage() + "): give the user of property '"
                            + RedisSettings.URI + "' +time +xadd +xrange +pexpire and the keys ~" + names.keys(),
                    e);
        } catch (JedisException e) {
            throw new MessagesException("Redis at " + settings.address() + " is not reachable: " + e.getMessage(), e);
        }
    }

    private byte[] encoded(Supplier<Envelope> entry) {
        try {
            return format.encode(entry.get());
        } catch (MessagesException e) {
            throw new UnwritableException(e);
        }
    }

    private static long adjust(Link link, NetworkClock clock) {
        long before = NetworkClock.now();
        List<?> time = (List<?>) requireNonNull(link.call(Command.TIME, List.of()));
        long network = number(time.get(0)) * 1_000_000 + number(time.get(1));
        clock.asked(before, network, NetworkClock.now());
        return network;
    }

    private void take(List<?> fields, List<Envelope> into) {
        try {
            if (fields.size() == 2 && fields.get(1) instanceof byte[] bytes) {
                Envelope envelope = format.decode(CHANNEL, bytes);
                String problem = seal.problem(
                        Seal.Kind.REVOCATION, names.revocations(), 0, bytes, EnvelopeFormat.isSigned(bytes));
                if (problem != null) {
                    throw new MessagesException("an entry " + problem);
                }
                into.add(envelope);
            }
        } catch (MessagesException e) {
            String what = "the ledger of revocations holds something else, which is left out";
            if (throttle.pass(what) >= 0) { // it is found at each reading
                LOG.log(Level.WARNING, what, e);
            }
        }
    }

    private static long number(Object text) {
        return Long.parseLong(new String((byte[]) requireNonNull(text), UTF_8));
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
