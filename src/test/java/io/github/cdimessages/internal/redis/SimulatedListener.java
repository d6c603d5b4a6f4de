package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.nodes.SlotMaster;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A server that listens: the real intake and the real reader of logs, over simulated connections. */
final class SimulatedListener implements Receiver, Calls {
    private final RecoverySimulation simulation;
    private final ChannelNames names;
    private final Intake intake;
    private final LogReader reader;
    final String name;

    // Mutable state: a simulation has one thread
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Set<String> owed = new HashSet<>();
    /** Since when all messages of a channel must arrive. */
    private final Map<String, Integer> ready = new HashMap<>();

    private final Map<String, Integer> lastPlace = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private final List<Told> gaps = new ArrayList<>();
    private SimulatedRedis.Subscribed connection;
    private boolean begun;
    private boolean recovering;

    private record Told(String channel, String origin, int at, String cause) {}

    SimulatedListener(RecoverySimulation simulation, String name, RedisSettings settings) {
        this.simulation = simulation;
        this.name = name;
        names = new ChannelNames(settings.prefix());
        intake = new Intake(
                new EnvelopeFormat(settings.maxMessageSize()),
                new Verifier(names, settings.signing()),
                this,
                () -> Set.copyOf(confirmed),
                settings.recovery());
        reader = new LogReader(intake, settings.recovery());
    }

    /** Connects, subscribes a channel, reads, or recovers. */
    void step() {
        if (connection == null) {
            connect();
        } else {
            switch (simulation.next(5)) {
                case 0 -> subscribe();
                case 1 -> recover();
                default -> read();
            }
        }
    }

    private void connect() {
        int node = simulation.place();
        try {
            SlotMaster.check(simulation.callsTo(node), names);
            connection = simulation.redis.subscriber(node);
            connection.channels.add("cdi-messages:sentinel");
        } catch (JedisConnectionException e) {
            // tried again at a later step
        }
    }

    void wants(String channel) {
        wanted.add(channel);
    }

    void gives(String channel) {
        wanted.remove(channel);
        owed.remove(channel);
        ready.remove(channel);
        if (confirmed.remove(channel)) {
            connection.channels.remove("cdi-messages:channel:" + channel);
        }
    }

    void lost() {
        if (connection != null) {
            simulation.redis.close(connection);
            connection = null;
            intake.lost();
            owed.addAll(confirmed);
            confirmed.clear();
        }
    }

    boolean isQuiet() {
        return connection != null
                && connection.pushes.isEmpty()
                && !connection.ended
                && confirmed.containsAll(wanted)
                && !intake.isHolding()
                && !recovering;
    }

    boolean isRecovering() {
        return recovering;
    }

    /** What is wrong with what it has heard; null if all is well. */
    String complaint(SimulatedMessage message) {
        Integer since = ready.get(message.channel());
        String id = message.channel() + '/' + message.origin() + '/' + message.place();
        if (since == null || message.at() <= since || heard.contains(id)) {
            return null;
        }
        for (Told gap : gaps) {
            boolean his = gap.origin.isEmpty() || gap.origin.equals(message.origin());
            if (his && gap.channel.equals(message.channel()) && gap.at >= message.at()) {
                return null;
            }
        }
        return name + " lost " + message + " and does not say so; it heard " + heard + ", gaps " + gaps;
    }

    List<?> gaps() {
        return gaps;
    }

    private void subscribe() {
        if (simulation.redis.slot().hasLeft(connection.node)) {
            lost();
            return;
        }
        for (String channel : wanted) {
            if (begun && !confirmed.contains(channel)) {
                connection.channels.add("cdi-messages:channel:" + channel);
                confirmed.add(channel);
                ready.putIfAbsent(channel, simulation.now());
                return;
            }
        }
    }

    private void read() {
        byte[][] push = connection.pushes.poll();
        if (push != null) {
            intake.live(names.here(push[0]), push[1]);
        } else if (connection.ended) {
            lost();
        }
    }

    /** As the recovery's thread does. */
    private void recover() {
        if (recovering || !intake.isHolding() || !confirmed.containsAll(owed)) {
            return;
        }
        recovering = true;
        int era = intake.era();
        try {
            if (!begun) {
                reader.begin(new Logs(this, names, intake.verifier(), Logs.PAGE));
                begun = true;
            } else if (!owed.isEmpty()) {
                Logs logs = new Logs(this, names, intake.verifier(), Logs.PAGE);
                if (simulation.isPatient() && reader.isAhead(logs)) {
                    return; // tried again at a later step
                }
                reader.read(logs, Set.copyOf(owed), Duration.ZERO, () -> intake.era() == era);
            }
            simulation.others();
            intake.release(era, () -> {
                reader.done();
                owed.clear();
            });
        } catch (JedisConnectionException e) {
            // tried again at a later step
        } finally {
            recovering = false;
        }
    }

    @Override
    public void send(Command command, List<byte[]> arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object call(Command command, List<byte[]> arguments) {
        simulation.others();
        if (simulation.isUnlucky()) {
            throw new JedisConnectionException("broke while reading the logs");
        }
        return simulation.redis.call(simulation.place(), command, arguments);
    }

    @Override
    public void received(Envelope envelope) {
        String line = envelope.channel() + '/' + envelope.origin();
        int place = Integer.parseInt(envelope.json());
        simulation.check(heard.add(line + '/' + place), name + " heard twice: " + line + '/' + place);
        Integer before = lastPlace.put(line, place);
        simulation.check(before == null || before < place, name + " heard " + line + '/' + place + " after " + before);
    }

    @Override
    public void gap(String channel, String origin, long missed, String cause) {
        gaps.add(new Told(channel, origin, simulation.now(), cause));
    }

    @Override
    public String origin() {
        return name;
    }

    @Override
    public void malformed(String channel, MessagesException problem) {
        throw new AssertionError(problem);
    }

    @Override
    public void lost(String cause) {}

    @Override
    public void restored(Duration outage) {}
}
