package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What Redis holds of all servers' logs; see docs/wire-format.md. */
final class Logs {
    /** Together up to this many batches in memory. */
    private static final int PAGE = 16;

    private final Calls calls;
    private final ChannelNames names;

    Logs(Calls calls, ChannelNames names) {
        this.calls = calls;
        this.names = names;
    }

    /**
     * Who has kept a log.
     *
     * @param epoch made up anew whenever Redis has forgotten it
     * @param heard the names of the servers, and when each was there last, by its own clock
     */
    record Servers(String epoch, Map<String, Long> heard) {}

    Servers servers() {
        byte[] mine = UUID.randomUUID().toString().getBytes(UTF_8);
        calls.call(Command.HSETNX, List.of(names.servers(), new byte[0], mine));
        List<?> fields = (List<?>) requireNonNull(calls.call(Command.HGETALL, List.of(names.servers())));
        String epoch = "";
        Map<String, Long> heard = new LinkedHashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String name = text(fields.get(i));
            if (name.isEmpty()) {
                epoch = text(fields.get(i + 1));
            } else {
                heard.put(name, Long.parseLong(text(fields.get(i + 1))));
            }
        }
        return new Servers(epoch, heard);
    }

    /** The channel of this name in Redis, or null. */
    @Nullable
    String channel(byte[] inRedis) {
        return names.here(inRedis);
    }

    long last(String origin) {
        return BatchLog.lastIn(calls, names.log(origin));
    }

    /** Removes a server that has long ended. */
    void forget(String origin) {
        calls.call(Command.HDEL, List.of(names.servers(), origin.getBytes(UTF_8)));
    }

    /** The entries that end after a number, oldest first and not all at once; something else there is an empty page. */
    List<LogEntry> after(String origin, long number) {
        Object reply = calls.call(
                Command.XRANGE,
                List.of(
                        names.log(origin),
                        LogEntry.after(number),
                        "+".getBytes(UTF_8),
                        "COUNT".getBytes(UTF_8),
                        String.valueOf(PAGE).getBytes(UTF_8)));
        List<LogEntry> page = new ArrayList<>();
        for (Object each : (List<?>) requireNonNull(reply)) {
            List<?> entry = (List<?>) requireNonNull(each);
            List<?> fields = (List<?>) requireNonNull(entry.get(1));
            byte[] id = (byte[]) requireNonNull(entry.get(0));
            LogEntry read = LogEntry.read(id, (byte[]) requireNonNull(fields.get(1)));
            long last = LogEntry.numberOf(id);
            page.add(read != null ? read : new LogEntry(number + 1, last, List.of(), true));
            number = last;
        }
        return page;
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) requireNonNull(bytes), UTF_8);
    }
}
