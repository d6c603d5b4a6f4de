package io.github.cdimessages.internal.redis.nodes;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.RedisAddress;
import io.github.cdimessages.internal.redis.settings.SentinelSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Follows the master that the Sentinels name, through fail-overs. */
final class Sentinels implements Whereabouts {
    private static final System.Logger LOG = System.getLogger(Sentinels.class.getName());
    private static final long SILENCE_NANOS = 30_000_000_000L;

    private final List<HostAndPort> sentinels;
    private final SentinelSettings settings;

    // Mutable state: written by any thread that asks
    /** Each time another one is asked first, since one that is cut off names the old master for ever. */
    private final AtomicInteger turn = new AtomicInteger();
    /** When a Sentinel did not answer: those that have lately not are asked last, as each may take a time-out. */
    private final Map<HostAndPort, Long> silent = new ConcurrentHashMap<>();

    private volatile @Nullable HostAndPort master;

    Sentinels(List<HostAndPort> sentinels, SentinelSettings settings) {
        this.sentinels = sentinels;
        this.settings = settings;
    }

    @Override
    public HostAndPort find(Inquiry inquiry) {
        List<String> problems = new ArrayList<>();
        for (HostAndPort sentinel : inTurn(System.nanoTime())) {
            try {
                HostAndPort found = inquiry.ask(sentinel, settings.access(), this::ask);
                silent.remove(sentinel);
                if (found != null) {
                    tell(found);
                    return found;
                }
                problems.add(sentinel + " knows no master of this name");
            } catch (JedisException e) {
                silent.put(sentinel, System.nanoTime());
                problems.add(sentinel + ": " + Causes.of(e));
            }
        }
        throw new JedisConnectionException("no Sentinel says where the master '" + settings.master() + "' is ("
                + String.join("; ", problems) + "); correct property '" + SentinelSettings.MASTER + "', '"
                + RedisAddress.URI + "' or '" + SentinelSettings.PASSWORD + "', or start them");
    }

    /** A Sentinel may be late, and a Redis may not know yet that it is the master. */
    @Override
    public void check(Calls connection) {
        Object reply = connection.call(Command.ROLE, List.of());
        if (reply instanceof List<?> role && !role.isEmpty() && role.get(0) instanceof byte[] name) {
            String text = new String(name, UTF_8);
            if (text.equals("master")) {
                return;
            }
            throw new JedisConnectionException("the Redis that a Sentinel names as the master '" + settings.master()
                    + "' is a " + text + "; a fail-over is under way");
        }
    }

    private List<HostAndPort> inTurn(long now) {
        List<HostAndPort> order = new ArrayList<>(sentinels);
        Collections.rotate(order, turn.getAndIncrement());
        order.sort(Comparator.comparing(each -> {
            Long at = silent.get(each);
            return at != null && now - at < SILENCE_NANOS; // false comes first
        }));
        return order;
    }

    private @Nullable HostAndPort ask(Calls sentinel) {
        Object reply = sentinel.call(
                Command.SENTINEL,
                List.of(
                        "GET-MASTER-ADDR-BY-NAME".getBytes(UTF_8),
                        settings.master().getBytes(UTF_8)));
        return reply instanceof List<?> parts
                        && parts.size() == 2
                        && parts.get(0) instanceof byte[] host
                        && parts.get(1) instanceof byte[] port
                ? new HostAndPort(new String(host, UTF_8), Integer.parseInt(new String(port, UTF_8)))
                : null;
    }

    private void tell(HostAndPort found) {
        HostAndPort before = master;
        master = found;
        if (!found.equals(before)) {
            LOG.log(INFO, "the Sentinels name " + found + " as the master '" + settings.master() + "'");
        }
    }
}
