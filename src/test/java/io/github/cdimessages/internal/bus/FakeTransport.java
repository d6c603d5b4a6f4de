package io.github.cdimessages.internal.bus;

import io.github.cdimessages.spi.Envelope;
import io.github.cdimessages.spi.Transport;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A network that keeps what it is asked for, and answers a post when a test says so. */
class FakeTransport implements Transport {
    // Mutable state: concurrent collections; the future is set before the post that uses it
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inVain = new AtomicInteger();
    private volatile CompletableFuture<Void> answer = new CompletableFuture<>();
    private volatile Runnable meanwhile = () -> {};
    private volatile Envelope sent;
    private volatile boolean reachable = true;
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    @Override
    public void start(Receiver receiver) {}

    @Override
    public CompletionStage<Void> subscribe(String channel) {
        count(subscribed.add(channel));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void unsubscribe(String channel) {
        count(subscribed.remove(channel));
    }

    @Override
    public CompletionStage<Void> publish(Envelope envelope, boolean patient) {
        sent = envelope;
        meanwhile.run();
        return answer;
    }

    @Override
    public boolean isReachable() {
        return reachable;
    }

    @Override
    public boolean isReachable(String channel) {
        return reachable && !away.contains(channel);
    }

    /** Takes the way of one channel away. */
    void cutOff(String channel) {
        away.add(channel);
    }

    @Override
    public void stop() {}

    /** Lets the next post wait for this answer, and something happen before it does. */
    void answerBy(CompletableFuture<Void> next, Runnable before) {
        answer = next;
        meanwhile = before;
    }

    void reachable(boolean is) {
        reachable = is;
    }

    /** What was posted last. */
    Envelope sent() {
        return sent;
    }

    Set<String> subscribed() {
        return Set.copyOf(subscribed);
    }

    /** How often it was asked for what it had, or to give up what it had not. */
    int inVain() {
        return inVain.get();
    }

    private void count(boolean changed) {
        if (!changed) {
            inVain.incrementAndGet();
        }
    }
}
