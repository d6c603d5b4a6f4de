package io.github.cdimessages.benchmarks.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.RedisTransport;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The library's link to Redis, without the application above it. */
final class Peer implements Transport.Receiver, AutoCloseable {
    static final ByteBuffer BODY =
            ByteBuffer.wrap(("{\"text\":\"" + "x".repeat(90) + "\"}").getBytes(StandardCharsets.UTF_8));

    final LongAdder received = new LongAdder();
    final LongAdder gaps = new LongAdder();
    private final String origin;
    private final ExecutorService completions = Executors.newFixedThreadPool(2, Peer::thread);
    private final AtomicLong sequence = new AtomicLong();
    private final RedisTransport transport;

    Peer(String origin, Map<String, String> properties) {
        this.origin = origin;
        RedisSettings settings =
                RedisSettings.read(new Settings(properties::get)).orElseThrow();
        transport = new RedisTransport(settings, Peer::thread, completions);
        transport.start(this);
        while (!transport.isReachable()) {
            Thread.onSpinWait();
        }
    }

    CompletionStage<Void> post(String channel) {
        return transport.publish(
                new Envelope(
                        channel,
                        "Note",
                        origin,
                        sequence.incrementAndGet(),
                        System.currentTimeMillis(),
                        BODY.duplicate()),
                true);
    }

    void listen(String channel) throws Exception {
        transport.subscribe(channel).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    boolean isReachable() {
        return transport.isReachable();
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public void received(Envelope envelope) {
        received.increment();
    }

    @Override
    public void malformed(String channel, MessagesException problem) {
        throw problem;
    }

    @Override
    public void lost(String cause) {}

    @Override
    public void restored(Duration outage) {}

    @Override
    public void gap(String channel, String from, long missed, String cause) {
        gaps.increment();
    }

    @Override
    public void close() {
        transport.stop();
        completions.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
