package io.github.cdimessages.internal.redis;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A channel that this server wants to hear, and the posts that wait until it does. */
final class Interest {
    final String channel;
    final byte[] inRedis;

    // Mutable state: guarded by the lock of Subscriptions; open is also read without it
    final Deque<Post> held = new ArrayDeque<>();
    private CompletableFuture<Void> ready = new CompletableFuture<>();
    /** Whether Redis has answered on this connection, or the channel was given up, and what is wrong then. */
    private boolean answered;

    private @Nullable MessagesException problem;
    private boolean telling;
    /** Whether posts may pass: the channel is confirmed, refused, or given up. */
    volatile boolean open;
    /** Whether Redis has refused it on this connection, if only in company, so that it is asked for alone. */
    boolean asksAlone;
    /** Whether Redis has refused it alone on this connection. */
    boolean isRefused;

    Interest(String channel, byte[] inRedis) {
        this.channel = channel;
        this.inRedis = inRedis;
    }

    /** What is done when messages arrive, as things are now: after a break that is later again. */
    CompletionStage<Void> ready() {
        if (answered && ready.isDone()) {
            MessagesException wrong = problem;
            return wrong == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(wrong);
        }
        if (ready.isDone()) {
            ready = new CompletableFuture<>();
        }
        return ready.minimalCompletionStage();
    }

    private boolean isAwaited() {
        return !ready.isDone();
    }

    /** Notes that the connection is lost. */
    void lost() {
        answered = false;
        problem = null;
        asksAlone = false;
        isRefused = false;
    }

    /** Notes a refusal; tells whether those who wait are to hear of it. */
    boolean refused(boolean alone) {
        boolean news = alone && (!isRefused || isAwaited());
        asksAlone = true;
        isRefused |= alone;
        return news;
    }

    /** Notes the answer; tells whether {@link #toTell} is to be run where the application's code may run. */
    boolean answer(@Nullable MessagesException newProblem) {
        answered = true;
        problem = newProblem;
        asksAlone &= newProblem != null;
        isRefused &= newProblem != null;
        boolean news = !ready.isDone() && !telling;
        telling |= news;
        return news;
    }

    /** Those who wait are about to be told: gives how, to be done without the lock. */
    Runnable toTell() {
        telling = false;
        CompletableFuture<Void> waiting = ready;
        MessagesException wrong = problem;
        if (!answered) {
            return () -> {}; // lost meanwhile: they wait on
        }
        return wrong == null ? () -> waiting.complete(null) : () -> waiting.completeExceptionally(wrong);
    }

    MessagesException refusal(String message) {
        return new MessagesException("channel '" + channel + "': Redis refuses it (" + message
                + "); give the user of property '" + RedisSettings.URI + "' the channels of property '"
                + RedisSettings.PREFIX + "' and their sentinel. It is asked for again every few seconds");
    }

    static MessagesException givenUp(String channel) {
        return new MessagesException("channel '" + channel + "': given up before Redis had confirmed it");
    }
}
