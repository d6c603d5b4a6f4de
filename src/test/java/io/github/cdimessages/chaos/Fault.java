package io.github.cdimessages.chaos;

import static io.github.cdimessages.testing.FaultyProxy.Direction.FROM_REDIS;
import static io.github.cdimessages.testing.FaultyProxy.Direction.TO_REDIS;

import io.github.cdimessages.testing.FaultyProxy;
import io.github.cdimessages.testing.RedisServerFixture;
import java.time.Duration;
import java.util.function.Consumer;

/** What happens to Redis and the network while the nodes post; all is well again when it returns. */
enum Fault {
    NONE("no fault", world -> {}),
    RESTART("restart, data stored", world -> world.redis.restart()),
    SIGKILL("SIGKILL, data stored", world -> {
        world.redis.kill();
        world.last(Duration.ofMillis(200));
        world.redis.start();
    }),
    KILL_PUBLISHERS("CLIENT KILL of publishers", world -> world.kill("publisher")),
    KILL_SUBSCRIBERS("CLIENT KILL of subscribers", world -> world.kill("subscriber")),
    KILL_ALL("CLIENT KILL of both", world -> world.kill("cdi-messages")),
    SIGSTOP("SIGSTOP", world -> {
        world.redis.freeze();
        world.last(Duration.ofSeconds(world.isLong ? 20 : 3));
        world.redis.thaw();
    }),
    LOSS("silent loss, one node, both ways", world -> world.some().lose(TO_REDIS, FROM_REDIS)),
    LOSS_FROM("silent loss of what Redis says", world -> world.proxies.forEach(each -> each.lose(FROM_REDIS))),
    CUT_IN_FRAME("cut in the middle of a frame", world -> {
        for (FaultyProxy proxy : world.proxies) {
            proxy.cutAfter(world.random.nextBoolean() ? TO_REDIS : FROM_REDIS, 1 + world.random.nextInt(2_000));
        }
    }),
    FLAPPING("flapping every 100 ms", world -> {
        for (int i = 0; i < (world.isLong ? 100 : 20); i++) {
            world.proxies.forEach(FaultyProxy::cut);
            world.last(Duration.ofMillis(100));
        }
    }),
    FLAPPING_ONE("flapping of single nodes", world -> {
        for (int i = 0; i < (world.isLong ? 200 : 40); i++) {
            world.some().cut();
            world.last(Duration.ofMillis(50));
        }
    }),
    PARTITION("partition of one node", world -> {
        FaultyProxy proxy = world.some();
        proxy.refuse();
        world.last(Duration.ofSeconds(world.isLong ? 10 : 2));
        proxy.heal();
    }),
    FREEZE("one node frozen, both ways", world -> {
        FaultyProxy proxy = world.some();
        proxy.freeze(TO_REDIS, FROM_REDIS);
        world.last(Duration.ofSeconds(world.isLong ? 15 : 2));
        proxy.heal();
    }),
    DELAY("100 ms each way", world -> {
        world.proxies.forEach(each -> each.delay(100));
        world.last(Duration.ofSeconds(2));
        world.proxies.forEach(FaultyProxy::heal);
    }),
    SLOW("20 KB a second for one node", world -> {
        FaultyProxy proxy = world.some();
        proxy.limit(20_000);
        world.last(Duration.ofSeconds(world.isLong ? 10 : 2));
        proxy.heal();
    }),
    OUTPUT_BUFFER("output-buffer-limit disconnect", world -> {
        RedisServerFixture redis = world.redis;
        redis.raw(jedis -> jedis.configSet("client-output-buffer-limit", "pubsub 1048576 0 0"));
        FaultyProxy proxy = world.some();
        proxy.freeze(FROM_REDIS);
        world.floodUntilRedisDropsSomebody();
        proxy.heal();
        redis.raw(jedis -> jedis.configSet("client-output-buffer-limit", "pubsub 33554432 8388608 60"));
    }),
    FORGETFUL_RESTART("restart, data lost", false, world -> world.redis.restart()),
    FORGETFUL_PARTITION("partition and SIGKILL, data lost", false, world -> {
        FaultyProxy proxy = world.some();
        proxy.refuse();
        world.last(Duration.ofMillis(500));
        world.redis.kill();
        proxy.heal();
        world.redis.start();
    }),
    FORGETFUL_SIGKILL("SIGKILL, data lost", false, world -> {
        world.redis.kill();
        world.last(Duration.ofMillis(200));
        world.redis.start();
    }),
    SENTINEL_SIGKILL("Sentinel fail-over, SIGKILL", World.Kind.SENTINELS, world -> {
        RedisServerFixture old = world.failOver(RedisServerFixture::kill);
        old.start();
    }),
    SENTINEL_FAILOVER(
            "Sentinel fail-over, on demand",
            World.Kind.SENTINELS,
            world -> world.failOver(old -> world.sentinels.failOver())),
    SLOTS_MOVE("slots of a Cluster move", World.Kind.CLUSTER, world -> world.moveSlots(world.isLong ? 30 : 3));

    final String text;
    final World.Kind kind;
    /** With Sentinels, the new master may lack what the old one took last. */
    final boolean keepsData;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above hold nothing
    private final Consumer<World> strike;

    Fault(String text, Consumer<World> strike) {
        this(text, World.Kind.KEEPS_DATA, strike);
    }

    Fault(String text, boolean keepsData, Consumer<World> strike) {
        this(text, keepsData ? World.Kind.KEEPS_DATA : World.Kind.FORGETS, strike);
    }

    Fault(String text, World.Kind kind, Consumer<World> strike) {
        this.text = text;
        this.kind = kind;
        this.strike = strike;
        keepsData = kind == World.Kind.KEEPS_DATA || kind == World.Kind.CLUSTER;
    }

    /** Whether the nodes can't know of it at once: a connection that is half-open only gets silent. */
    boolean isSilent() {
        return this == LOSS || this == LOSS_FROM;
    }

    /** Whether it takes too long for each build and is much like another. */
    boolean isOnlyForLongRuns() {
        return this == LOSS_FROM;
    }

    void strike(World world) {
        strike.accept(world);
    }
}
