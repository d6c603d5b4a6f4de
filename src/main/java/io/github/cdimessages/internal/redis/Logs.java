package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What Redis holds of all servers' logs; see docs/wire-format.md. */
final class Logs {
    /** How many batches are read together at first. */
    static final int PAGE = 16;

    /** The same, where they are small; 32 MB if the next ones are as large as a server writes several posts. */
    private static final int MOST = 128;

    private static final int SMALL_PAGE = 64 << 10;

    private final Calls calls;
    private final ChannelNames names;
    private final Verifier verifier;

    // Mutable state: owned by the thread that recovers
    private int page;

    Logs(Calls calls, ChannelNames names, Verifier verifier, int page) {
        this.calls = calls;
        this.names = names;
        this.verifier = verifier;
        this.page = page;
    }

    /**
     * Who has kept a log.
     *
     * @param epoch made up anew whenever Redis has forgotten it
     * @param heard the names of the servers, and when each was there last, by its own clock
     * @param numbers how much each of them had published then
     */
    record Servers(String epoch, Map<String, Long> heard, Map<String, Long> numbers) {
        long number(String name) {
            return numbers.getOrDefault(name, 0L);
        }
    }

    Servers servers() {
        byte[] mine = UUID.randomUUID().toString().getBytes(UTF_8);
        calls.call(Command.HSETNX, List.of(names.servers(), new byte[0], mine));
        List<?> fields = (List<?>) requireNonNull(calls.call(Command.HGETALL, List.of(names.servers())));
        String epoch = "";
        Map<String, Long> heard = new LinkedHashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i + 1 < fields.size() && heard.size() < Intake.MOST; i += 2) {
            String name = text(fields.get(i));
            if (name.isEmpty()) {
                epoch = text(fields.get(i + 1));
            } else {
                String[] parts = text(fields.get(i + 1)).split(" ", 2);
                heard.put(name, number(parts[0]));
                numbers.put(name, parts.length > 1 ? number(parts[1]) : 0);
            }
        }
        return new Servers(epoch, heard, numbers);
    }

    /** The channel of this name in Redis, or null. */
    @Nullable
    String channel(byte[] inRedis) {
        return names.here(inRedis);
    }

    /** One entry of a log, or what is wrong with it. */
    static final class Found {
        final byte[] id;
        final int size;
        final @Nullable LogEntry entry;
        final @Nullable MessagesException problem;

        Found(byte[] id, int size, @Nullable LogEntry entry, @Nullable MessagesException problem) {
            this.id = id;
            this.size = size;
            this.entry = entry;
            this.problem = problem;
        }
    }

    /** The number of a log's last message; 0 if there is none that one of ours has written. */
    long last(String origin) {
        long last = last(origin, 1);
        return last > 0 ? last : last(origin, page);
    }

    /** The id of a log's last entry, whoever has written it; that of no message if there is none. */
    byte[] end(String origin) {
        List<?> entries = lastEntries(origin, 1);
        return entries.isEmpty() ? LogEntry.id(0) : idOf((List<?>) requireNonNull(entries.get(0)));
    }

    /** Removes a server that has long ended. */
    void forget(String origin) {
        calls.call(Command.HDEL, List.of(names.servers(), origin.getBytes(UTF_8)));
    }

    /** The entries behind an id, oldest first and not all at once. */
    List<Found> after(String origin, byte[] id) {
        List<?> entries = read(Command.XRANGE, names.log(origin), id, utf8("+"), utf8("COUNT"), utf8(page));
        List<Found> found = found(origin, entries);
        adapt(found);
        return found;
    }

    /** A server that posts little at a time has many small batches, and each page costs a round trip. */
    private void adapt(List<Found> read) {
        long size = 0;
        for (Found each : read) {
            size += each.size;
        }
        if (size > SMALL_PAGE) {
            page = Math.min(page, PAGE);
        } else if (read.size() == page) {
            page = Math.min(2 * page, MOST);
        }
    }

    private long last(String origin, int among) {
        for (Found each : found(origin, lastEntries(origin, among))) {
            if (each.entry != null) {
                return each.entry.last();
            }
        }
        return 0;
    }

    private List<?> lastEntries(String origin, int among) {
        return read(Command.XREVRANGE, names.log(origin), utf8("+"), utf8("-"), utf8("COUNT"), utf8(among));
    }

    private List<?> read(Command command, byte[]... arguments) {
        return (List<?>) requireNonNull(calls.call(command, List.of(arguments)));
    }

    private List<Found> found(String origin, List<?> entries) {
        List<Found> found = new ArrayList<>();
        for (Object each : entries) {
            List<?> entry = (List<?>) requireNonNull(each);
            List<?> fields = (List<?>) requireNonNull(entry.get(1));
            found.add(found(origin, idOf(entry), (byte[]) requireNonNull(fields.get(1))));
        }
        return found;
    }

    private static byte[] idOf(List<?> entry) {
        return (byte[]) requireNonNull(entry.get(0));
    }

    private Found found(String origin, byte[] id, byte[] content) {
        LogEntry entry = LogEntry.read(id, content);
        try {
            if (entry == null) {
                throw new MessagesException("log of '" + origin + "': an entry was written by something else");
            }
            verifier.checkEntry(origin, entry, content);
            return new Found(id, content.length, entry, null);
        } catch (MessagesException problem) {
            return new Found(id, content.length, null, problem);
        }
    }

    /** Something else than a time counts as long ago, and something else than a number as none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static byte[] utf8(Object text) {
        return text.toString().getBytes(UTF_8);
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) requireNonNull(bytes), UTF_8);
    }
}
