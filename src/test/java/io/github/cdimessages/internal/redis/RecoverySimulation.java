package io.github.cdimessages.internal.redis;

import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * One random schedule: servers post and listen, connections break at every point, Redis restarts with and without its
 * data, and at the end everything is whole again. Every fourth is signed. A seed gives the same schedule each time.
 */
final class RecoverySimulation {
    private static final String PLENTY = "100000";
    private static final String SCARCE = "4";
    private static final Map<String, RedisSettings> SIGNED =
            Map.of(PLENTY, settings(PLENTY, "A".repeat(44)), SCARCE, settings(SCARCE, "A".repeat(44)));
    private static final Map<String, RedisSettings> UNSIGNED =
            Map.of(PLENTY, settings(PLENTY, ""), SCARCE, settings(SCARCE, ""));
    private static final int STEPS = 250;

    final SimulatedRedis redis = new SimulatedRedis();
    private final long seed;
    private final SimulatedData data;
    private final SplittableRandom random;
    private final RedisSettings settings;

    // Mutable state: a simulation has one thread
    private final List<SimulatedPoster> posters = new ArrayList<>();
    private final List<SimulatedListener> listeners = new ArrayList<>();
    private final List<SimulatedMessage> accepted = new ArrayList<>();
    private int now;
    private @Nullable String complaint;
    private int started;
    private boolean nested;
    private boolean ending;

    RecoverySimulation(long seed, SimulatedData data) {
        this.seed = seed;
        this.data = data;
        random = new SplittableRandom(seed);
        settings = (seed % 4 == 0 ? SIGNED : UNSIGNED).get(data == SimulatedData.TRIMMED ? SCARCE : PLENTY);
        for (int i = 0; i < 2; i++) {
            posters.add(poster());
            listeners.add(new SimulatedListener(this, "listener-" + i, settings));
            listeners.get(i).wants("a");
        }
    }

    /** Runs it; gives the first thing that is wrong, or null. */
    @Nullable
    String run() {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        ending = true;
        while (redis.slot().isMoving()) {
            redis.moveOn();
        }
        comeToRest();
        posters.forEach(poster -> poster.write(0));
        comeToRest();
        for (SimulatedListener listener : listeners) {
            accepted.forEach(message -> check(listener.complaint(message) == null, listener.complaint(message)));
            check(
                    (data != SimulatedData.KEPT && data != SimulatedData.MOVED)
                            || listener.gaps().isEmpty(),
                    "gaps without a loss: " + listener.gaps());
        }
        return complaint;
    }

    private void comeToRest() {
        for (int i = 0; !isQuiet() && complaint == null; i++) {
            check(i < 20_000, "does not come to rest");
            act();
        }
    }

    int delivered() {
        return accepted.size();
    }

    /** While one waits for an answer, the others go on. */
    void others() {
        if (!nested) {
            nested = true;
            for (int i = next(4); i > 0; i--) {
                step();
            }
            nested = false;
        }
    }

    /** A node that serves the slot, or believes so. */
    int place() {
        return redis.slot().place(next(2));
    }

    /** A new connection to a node, which nothing breaks. */
    Calls callsTo(int node) {
        return new Calls() {
            @Override
            public void send(Command command, List<byte[]> arguments) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Object call(Command command, List<byte[]> arguments) {
                return redis.call(node, command, arguments);
            }
        };
    }

    /** Whether a listener waits for a server whose log is shorter than what was heard of it. */
    boolean isPatient() {
        return data == SimulatedData.MOVED;
    }

    int next(int bound) {
        return random.nextInt(bound);
    }

    String channel() {
        return random.nextInt(3) > 0 ? "a" : "b";
    }

    int now() {
        return now;
    }

    boolean isUnlucky() {
        return !ending && random.nextInt(20) == 0;
    }

    void accepted(SimulatedMessage message) {
        accepted.add(message);
    }

    /** Remembers what is wrong and throws nothing: what a receiver throws is swallowed. */
    void check(boolean holds, String otherwise) {
        if (!holds && complaint == null) {
            complaint = "data " + data + ", seed " + seed + ", step " + now + ": " + otherwise;
        }
    }

    private void step() {
        if (ending || random.nextInt(12) > 0) {
            act();
        } else {
            disturb();
        }
    }

    private void act() {
        now++;
        switch (random.nextInt(4)) {
            case 0 -> redis.step(random.nextInt(1_000));
            case 1 -> {
                SimulatedPoster poster = posters.get(random.nextInt(posters.size()));
                if (!ending || !poster.isQuiet()) {
                    poster.step();
                }
            }
            case 2 -> redis.step(random.nextInt(1_000));
            default -> listeners.get(random.nextInt(listeners.size())).step();
        }
    }

    private void disturb() {
        now++;
        if (data == SimulatedData.MOVED && random.nextInt(3) > 0) {
            redis.moveOn();
            return;
        }
        if (data == SimulatedData.EVICTED && listeners.stream().noneMatch(SimulatedListener::isRecovering)) {
            redis.evict();
        }
        SimulatedListener listener = listeners.get(random.nextInt(listeners.size()));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> listener.lost();
            case 3, 4 -> posters.get(random.nextInt(posters.size())).lost(random.nextBoolean());
            case 5 -> listener.wants("b");
            case 6 -> listener.gives("b");
            default -> crash();
        }
    }

    private void crash() {
        switch (random.nextInt(3)) {
            case 0 -> redis.store();
            case 1 -> replaceServer();
            default -> {
                redis.restart(after());
                listeners.forEach(SimulatedListener::lost);
                posters.forEach(poster -> poster.lost(false));
            }
        }
    }

    /** What a restart makes of the data: null keeps it. */
    private SimulatedRedis after() {
        if (data == SimulatedData.ROLLED_BACK) {
            return redis.stored();
        }
        return data == SimulatedData.FORGOTTEN && random.nextBoolean() ? new SimulatedRedis() : null;
    }

    /** One ends and another starts. Where accepted messages may vanish with it, nobody is left who would know. */
    private void replaceServer() {
        if (data != SimulatedData.ROLLED_BACK && data != SimulatedData.MOVED && !nested) {
            posters.remove(random.nextInt(posters.size())).lost(random.nextBoolean());
            posters.add(poster());
        }
    }

    private boolean isQuiet() {
        return posters.stream().allMatch(SimulatedPoster::isQuiet)
                && listeners.stream().allMatch(SimulatedListener::isQuiet);
    }

    private SimulatedPoster poster() {
        return new SimulatedPoster(this, "poster-" + started++, settings);
    }

    private static RedisSettings settings(String count, String key) {
        Map<String, String> properties = Map.of(
                "messages.redis.uri", "redis://simulated",
                "messages.redis.recovery.count", count,
                "messages.redis.signing-keys", key);
        return RedisSettings.read(new Settings(properties::get)).orElseThrow();
    }
}
