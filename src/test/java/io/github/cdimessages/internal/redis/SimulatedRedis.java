package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.internal.redis.settings.Causes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** As much of Redis as recovery needs, one command at a time, with connections that can break at any point. */
final class SimulatedRedis {
    private static final String SERVERS = "cdi-messages:servers";

    // Mutable state: a simulation has one thread
    private Map<String, NavigableMap<Long, byte[]>> logs = new HashMap<>();
    private Map<String, byte[]> servers = new LinkedHashMap<>();
    private final List<Subscribed> subscribed = new ArrayList<>();
    private final List<Pipeline> pipelines = new ArrayList<>();
    private SimulatedRedis stored;
    private final SimulatedSlot slot = new SimulatedSlot();

    /** A connection in subscribed mode: what it hears, and what was published to it and not read yet. */
    static final class Subscribed {
        final Queue<String> channels = new ArrayDeque<>();
        final Queue<byte[][]> pushes = new ArrayDeque<>();
        final int node;
        boolean ended;

        Subscribed(int node) {
            this.node = node;
        }
    }

    /** A connection of commands: those that are on the way, and the answers that were not read yet. */
    static final class Pipeline {
        final Queue<Sent> sent = new ArrayDeque<>();
        final Queue<Object> answers = new ArrayDeque<>();
        final int node;

        Pipeline(int node) {
            this.node = node;
        }
    }

    record Sent(Command command, List<byte[]> arguments) {}

    Subscribed subscriber(int node) {
        Subscribed made = new Subscribed(node);
        subscribed.add(made);
        return made;
    }

    Pipeline pipeline(int node) {
        Pipeline made = new Pipeline(node);
        pipelines.add(made);
        return made;
    }

    void close(Subscribed ended) {
        subscribed.remove(ended);
    }

    /** The other end is gone, but what has been sent may still be done. */
    void abandon(Pipeline ended, boolean sentArrives) {
        if (!sentArrives) {
            pipelines.remove(ended);
        }
    }

    /** Does one command that is on the way; which one is for others to choose. */
    void step(int choice) {
        if (!pipelines.isEmpty()) {
            Pipeline pipeline = pipelines.get(choice % pipelines.size());
            Sent next = pipeline.sent.poll();
            if (next != null) {
                pipeline.answers.add(answer(pipeline.node, next.command, next.arguments));
            }
        }
    }

    /** What a crash brings back. */
    void store() {
        stored = new SimulatedRedis();
        logs.forEach((key, log) -> stored.logs.put(key, new TreeMap<>(log)));
        stored.servers.putAll(servers);
    }

    /** All connections break; null data is what it has now. */
    void restart(SimulatedRedis data) {
        if (data != null) {
            logs = new HashMap<>();
            data.logs.forEach((key, log) -> logs.put(key, new TreeMap<>(log)));
            servers = new LinkedHashMap<>(data.servers);
        }
        subscribed.clear();
        pipelines.clear();
    }

    /** Forgets the logs whose last number is in the hash. */
    void evict() {
        logs.entrySet().removeIf(each -> {
            byte[] value = servers.get(each.getKey().substring(each.getKey().lastIndexOf(':') + 1));
            String[] parts = value == null ? new String[0] : new String(value, UTF_8).split(" ");
            return !each.getValue().isEmpty()
                    && parts.length > 1
                    && Long.parseLong(parts[1]) >= each.getValue().lastKey();
        });
    }

    SimulatedRedis stored() {
        return stored == null ? new SimulatedRedis() : stored;
    }

    Object answer(int node, Command command, List<byte[]> arguments) {
        try {
            return run(node, command, arguments);
        } catch (JedisDataException refusal) {
            return refusal;
        }
    }

    SimulatedSlot slot() {
        return slot;
    }

    /** Moves the slot one step on, which ends the subscriptions at a node that it has left. */
    void moveOn() {
        Set<String> keys = new HashSet<>();
        logs.forEach((key, log) -> {
            if (!log.isEmpty()) {
                keys.add(key);
            }
        });
        if (!servers.isEmpty()) {
            keys.add(SERVERS);
        }
        if (slot.step(keys)) {
            subscribed.stream().filter(each -> slot.hasLeft(each.node)).forEach(each -> each.ended = true);
            subscribed.removeIf(each -> each.ended);
        }
    }

    /** Throws as a Link does where a node does not serve the slot, and as a command that is refused otherwise. */
    Object call(int node, Command command, List<byte[]> arguments) {
        Object answer = answer(node, command, arguments);
        if (answer instanceof JedisDataException refusal) {
            throw Causes.isOfCluster(refusal) ? new JedisConnectionException(refusal) : refusal;
        }
        return answer;
    }

    /** Does a command on the first node. */
    Object run(Command command, List<byte[]> arguments) {
        return run(0, command, arguments);
    }

    private Object run(int node, Command command, List<byte[]> arguments) {
        String key = arguments.isEmpty() ? "" : new String(arguments.get(0), UTF_8);
        boolean exists = key.equals(SERVERS) ? !servers.isEmpty() : logs.containsKey(key) && !log(key).isEmpty();
        String refusal = slot.refusal(node, command, key, exists);
        if (refusal != null) {
            throw new JedisDataException(refusal);
        }
        return switch (command) {
            case PUBLISH -> publish(node, key, arguments);
            case XADD -> append(log(key), arguments);
            case XRANGE -> after(log(key), LogEntry.numberOf(arguments.get(1)), number(arguments.get(4)));
            case XREVRANGE -> log(key).isEmpty() ? List.of() : List.of(entry(log(key).lastEntry()));
            case HSET -> servers.put(new String(arguments.get(1), UTF_8), arguments.get(2)) == null ? 1L : 0L;
            case HSETNX -> servers.putIfAbsent(new String(arguments.get(1), UTF_8), arguments.get(2)) == null ? 1L : 0L;
            case HGETALL -> fields();
            case DEL -> logs.remove(key) == null ? 0L : 1L;
            case PEXPIRE, PING -> 1L;
            default -> throw new IllegalArgumentException("not simulated: " + command);
        };
    }

    private Object publish(int node, String channel, List<byte[]> arguments) {
        for (Subscribed each : subscribed) {
            if (each.node == node && each.channels.contains(channel)) {
                each.pushes.add(new byte[][] {arguments.get(0), arguments.get(1)});
            }
        }
        return 1L;
    }

    private static Object append(NavigableMap<Long, byte[]> log, List<byte[]> arguments) {
        long id = LogEntry.numberOf(arguments.get(3));
        if (!log.isEmpty() && id <= log.lastKey()) {
            throw new JedisDataException("ERR The ID specified in XADD is equal or smaller");
        }
        log.put(id, arguments.get(5));
        while (log.size() > number(arguments.get(2))) {
            log.pollFirstEntry();
        }
        return arguments.get(3);
    }

    private static Object after(NavigableMap<Long, byte[]> log, long number, int most) {
        List<Object> found = new ArrayList<>();
        for (Map.Entry<Long, byte[]> each : log.tailMap(number, false).entrySet()) {
            if (found.size() < most) {
                found.add(entry(each));
            }
        }
        return found;
    }

    private static Object entry(Map.Entry<Long, byte[]> entry) {
        return List.of(LogEntry.id(entry.getKey()), List.of("b".getBytes(UTF_8), entry.getValue()));
    }

    private Object fields() {
        List<Object> found = new ArrayList<>();
        servers.forEach((name, value) -> {
            found.add(name.getBytes(UTF_8));
            found.add(value);
        });
        return found;
    }

    private NavigableMap<Long, byte[]> log(String key) {
        return logs.computeIfAbsent(key, missing -> new TreeMap<>());
    }

    private static int number(byte[] text) {
        return Integer.parseInt(new String(text, UTF_8));
    }
}
