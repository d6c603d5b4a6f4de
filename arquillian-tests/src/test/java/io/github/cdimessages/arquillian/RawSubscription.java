package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.api.ListAssert;
import org.awaitility.Awaitility;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;

/** Hears in Redis what servers post to a channel, as another server does. */
final class RawSubscription extends BinaryJedisPubSub implements AutoCloseable {
    private final Jedis jedis;
    private final Thread reader;

    // Mutable state: concurrent
    private final List<String> envelopes = new CopyOnWriteArrayList<>();

    RawSubscription(String uri, String channel) {
        jedis = RawRedis.open(uri);
        byte[] name = ("cdi-messages:channel:" + channel).getBytes(UTF_8);
        reader = new Thread(() -> jedis.subscribe(this, name));
        reader.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::isSubscribed);
    }

    @Override
    public void onMessage(byte[] channel, byte[] message) {
        envelopes.add(new String(message, UTF_8));
    }

    /** Of the envelopes that came: header and JSON text as if all of it were text. */
    void await(Consumer<ListAssert<String>> expected) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> expected.accept(assertThat(envelopes)));
    }

    @Override
    public void close() {
        unsubscribe();
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        jedis.close();
    }
}
