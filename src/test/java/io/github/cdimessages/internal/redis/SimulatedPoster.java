package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.nodes.SlotMaster;
import io.github.cdimessages.internal.redis.settings.Causes;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.spi.Envelope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server that posts: the real log of the real batches, over a simulated connection. */
final class SimulatedPoster implements Calls {
    private final RecoverySimulation simulation;
    private final EnvelopeFormat format;
    private final ChannelNames names;
    private final BatchLog log;
    final String origin;

    // Mutable state: a simulation has one thread
    private final Map<Post, SimulatedMessage> posted = new HashMap<>();
    private SimulatedRedis.Pipeline connection;
    private Batch batch;
    private boolean greeting;
    private int count;

    SimulatedPoster(RecoverySimulation simulation, String origin, RedisSettings settings) {
        this.simulation = simulation;
        this.origin = origin;
        format = new EnvelopeFormat(
                settings.maxMessageSize(), !settings.signing().keys().isEmpty());
        names = new ChannelNames(settings.prefix());
        log = new BatchLog(names, settings);
        log.begin(origin);
    }

    /** Connects, writes a batch, or reads an answer. */
    void step() {
        if (greeting) {
            return;
        }
        if (connection == null) {
            connect();
        } else if (batch == null) {
            write(simulation.next(4));
        } else {
            Object answer = connection.answers.poll();
            if (answer != null) {
                if (answer instanceof JedisDataException refusal && Causes.isOfCluster(refusal)) {
                    lost(simulation.next(2) == 0);
                    return;
                }
                batch.answer(answer, log);
                if (batch.isAnswered()) {
                    settle();
                }
            }
        }
    }

    /** Whether nothing of it is on the way. */
    boolean isQuiet() {
        return connection != null && batch == null && !greeting;
    }

    void lost(boolean sentArrives) {
        if (connection != null) {
            simulation.redis.abandon(connection, sentArrives);
            connection = null;
            if (batch != null) {
                settle();
            }
        }
    }

    /** Writes as many posts together, or a probe with what it says of itself. */
    void write(int posts) {
        List<Post> next = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            next.add(post(simulation.channel()));
        }
        batch = new Batch(next);
        batch.before = log.number(next);
        batch.after = log.answersToSay(batch.isProbe(), 0);
        if (batch.before > 0) {
            log.append(this, next, 0);
        }
        if (batch.isProbe()) {
            send(Command.PING, List.of());
        }
        next.forEach(post -> send(Command.PUBLISH, List.of(post.channel, post.envelope)));
        if (batch.after > 0) {
            log.say(this, 0);
        }
    }

    @Override
    public void send(Command command, List<byte[]> arguments) {
        connection.sent.add(new SimulatedRedis.Sent(command, arguments));
    }

    @Override
    public Object call(Command command, List<byte[]> arguments) {
        simulation.others();
        if (connection == null) {
            throw new JedisConnectionException("broke while greeting");
        }
        return simulation.redis.call(connection.node, command, arguments);
    }

    private void connect() {
        connection = simulation.redis.pipeline(simulation.place());
        greeting = true;
        try {
            SlotMaster.check(this, names);
            log.greet(this, 0);
        } catch (JedisConnectionException e) {
            connection = null;
        } finally {
            greeting = false;
        }
    }

    private Post post(String channel) {
        SimulatedMessage message = new SimulatedMessage(origin, channel, count++, simulation.now());
        byte[] body = String.valueOf(message.place()).getBytes(UTF_8);
        Envelope envelope = new Envelope(channel, "number", origin, message.place(), 0, ByteBuffer.wrap(body));
        Post post = new Post(names.inRedis(channel), format.encode(envelope), true, 0, 0);
        posted.put(post, message);
        return post;
    }

    private void settle() {
        batch.answeredPosts().forEach(post -> simulation.accepted(posted.get(post)));
        batch = null;
        posted.clear();
    }
}
