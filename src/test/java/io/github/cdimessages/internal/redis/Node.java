package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.redis.settings.Timing;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import io.github.cdimessages.testing.RedisServerFixture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** One server: a transport with all that it has received. */
final class Node implements Transport.Receiver, AutoCloseable {
    /** Probes every half second, so that a dead link is found soon; on a busy machine also one that is only late. */
    static final Timing QUICK = new Timing(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    final BlockingQueue<Envelope> received = new LinkedBlockingQueue<>();
    final Queue<MessagesException> malformed = new ConcurrentLinkedQueue<>();
    final Queue<String> told = new ConcurrentLinkedQueue<>();
    final Queue<Predicate<String>> cutOffs = new ConcurrentLinkedQueue<>();
    final Queue<ChannelGap> gaps = new ConcurrentLinkedQueue<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    final RedisTransport transport;
    private final ExecutorService completions =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "completions"));
    private final AtomicLong sequence = new AtomicLong();
    private final String origin;

    private Node(String origin, RedisSettings settings, Timing timing) {
        this.origin = origin;
        transport = new RedisTransport(settings, this::thread, completions, timing);
    }

    /** A server that has started; properties are pairs of name and value. */
    static Node started(String origin, RedisServerFixture redis, String... properties) {
        Node node = notStarted(origin, redis, properties);
        node.transport.start(node);
        return node;
    }

    /** A server that has started and finds a dead link soon. */
    static Node quick(String origin, RedisServerFixture redis, String... properties) {
        Node node = new Node(origin, settings(redis, properties), QUICK);
        node.transport.start(node);
        return node;
    }

    static Node notStarted(String origin, RedisServerFixture redis, String... properties) {
        RedisSettings settings = settings(redis, properties);
        return new Node(origin, settings, settings.timing());
    }

    /** Posts where what arrives is what matters. */
    void send(String channel, String json) {
        CompletableFuture<Void> unused = post(channel, json);
    }

    CompletableFuture<Void> post(String channel, String json) {
        return post(channel, json, true);
    }

    CompletableFuture<Void> post(String channel, String json, boolean patient) {
        Envelope envelope = new Envelope(
                channel, "text", origin, sequence.incrementAndGet(), 17, ByteBuffer.wrap(json.getBytes(UTF_8)));
        return transport.publish(envelope, patient).toCompletableFuture();
    }

    /** Subscribes and waits until Redis has confirmed. */
    void listen(String channel) throws Exception {
        transport.subscribe(channel).toCompletableFuture().get(30, SECONDS);
    }

    /** The next message, as {@code channel=json}. */
    String next() throws InterruptedException {
        Envelope envelope = received.poll(30, SECONDS);
        return envelope == null ? "nothing" : envelope.channel() + '=' + envelope.json();
    }

    /** Whether a message is among those that came and were not taken. */
    boolean hasHeard(String json) {
        return received.stream().anyMatch(envelope -> envelope.json().equals(json));
    }

    @Override
    public void received(Envelope envelope) {
        if (envelope.json().equals("\"throw\"")) {
            throw new IllegalStateException("a receiver that is broken");
        }
        received.add(envelope);
    }

    @Override
    public void malformed(String channel, MessagesException problem) {
        malformed.add(problem);
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public void cutOff(Predicate<String> channels) {
        cutOffs.add(channels);
    }

    @Override
    public void lost(String cause) {
        told.add("lost");
    }

    @Override
    public void restored(Duration outage) {
        told.add("restored");
    }

    @Override
    public void gap(String channel, String origin, long missed, String cause) {
        gaps.add(new ChannelGap(channel, origin, missed, cause));
    }

    @Override
    public void close() {
        transport.stop();
        completions.shutdown();
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    static RedisSettings settings(RedisServerFixture redis, String... properties) {
        Map<String, String> values = new HashMap<>(Map.of("messages.redis.uri", redis.uri()));
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], properties[i + 1]);
        }
        return RedisSettings.read(new Settings(values::get)).orElseThrow();
    }
}
