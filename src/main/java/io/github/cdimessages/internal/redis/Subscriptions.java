package io.github.cdimessages.internal.redis;

import static java.lang.System.Logger.Level.WARNING;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this server wants to hear, what Redis has confirmed, and the posts that wait for the difference.
 *
 * <p>What is wanted is recorded before any command; commands are made from the difference, so that two breaks forget
 * nothing. A post is added to the outbox under the lock that opens its channel, so that later ones don't overtake it.
 */
final class Subscriptions {
    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());
    private final ChannelNames names;
    private final Outbox outbox;
    private final Settlement settlement;
    private final Map<String, Interest> wanted = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    // Mutable state: guarded by lock
    private final Plan plan;
    private final Set<Interest> holding = new LinkedHashSet<>();
    private final Owed owed;
    private boolean connected;
    private boolean stopped;

    Subscriptions(ChannelNames names, Outbox outbox, Settlement settlement) {
        this.names = names;
        this.outbox = outbox;
        this.settlement = settlement;
        plan = new Plan(names, wanted);
        owed = new Owed(plan, wanted);
    }

    CompletionStage<Void> subscribe(String channel) {
        byte[] inRedis = names.inRedis(channel);
        synchronized (lock) {
            if (stopped) {
                return CompletableFuture.failedStage(Interest.givenUp(channel));
            }
            Interest interest = wanted.get(channel);
            if (interest == null) {
                interest = new Interest(channel, inRedis);
                wanted.put(channel, interest);
                plan.changed(channel);
            }
            return interest.ready();
        }
    }

    void unsubscribe(String channel) {
        synchronized (lock) {
            Interest interest = wanted.remove(channel);
            owed.forget(channel);
            if (interest != null) {
                plan.changed(channel);
                giveUp(interest);
            }
        }
    }

    /** Keeps a post that has to wait; false if it may leave. */
    boolean hold(String channel, Post post) {
        Interest interest = wanted.get(channel);
        if (interest == null || interest.open) {
            return false;
        }
        synchronized (lock) {
            if (interest.open) {
                return false;
            }
            if (!post.patient && !connected) {
                settlement.unreachable(List.of(post), "Redis is not reachable");
            } else {
                interest.held.add(post);
                holding.add(interest);
            }
            return true;
        }
    }

    int connected() {
        synchronized (lock) {
            connected = true;
            return plan.begin();
        }
    }

    void lost() {
        synchronized (lock) {
            connected = false;
            owed.begin();
            plan.forget();
            wanted.values().forEach(interest -> {
                interest.open = stopped;
                interest.lost();
            });
            settlement.unreachable(removeHeld(post -> !post.patient), "Redis is not reachable");
        }
    }

    /** The channels that Redis has confirmed on this connection and that are still wanted. */
    Set<String> heard() {
        synchronized (lock) {
            return owed.heard();
        }
    }

    /** The channels to recover; null if one that Redis does not refuse is to be heard again first and is not yet. */
    @Nullable
    Set<String> owed(boolean heardAgain) {
        synchronized (lock) {
            return connected && (!heardAgain || owed.areHeardAgain()) ? owed.take() : null;
        }
    }

    /** What was missed is here. */
    void recovered() {
        synchronized (lock) {
            owed.clear();
        }
    }

    /** The next command that brings Redis nearer to what is wanted, or null. */
    @Nullable
    Change next(int era) {
        synchronized (lock) {
            return plan.next(era);
        }
    }

    /** Redis has confirmed a SUBSCRIBE; tells whether that has let posts go. */
    boolean subscribed(String channel) {
        synchronized (lock) {
            plan.subscribed(channel);
            Interest interest = wanted.get(channel);
            if (interest == null) {
                return false;
            }
            tell(interest, null);
            boolean waited = !interest.held.isEmpty();
            open(interest);
            return waited;
        }
    }

    /** Whether a channel that is heard again has a gap; told once. */
    boolean wasMissing(String channel) {
        synchronized (lock) {
            return owed.wasMissing(channel);
        }
    }

    void unsubscribed(String channel) {
        synchronized (lock) {
            plan.unsubscribed(channel);
        }
    }

    /** Redis has refused a SUBSCRIBE; it does not say for which of its channels. */
    void refused(Change change, String message) {
        synchronized (lock) {
            boolean alone = change.channels.size() == 1;
            for (byte[] inRedis : change.channels) {
                Interest interest = wanted.get(names.here(inRedis));
                if (interest != null && interest.refused(alone)) {
                    MessagesException problem = interest.refusal(message);
                    LOG.log(WARNING, problem.getMessage());
                    tell(interest, problem);
                    open(interest);
                } else if (interest != null && !alone) {
                    plan.changed(interest.channel);
                }
            }
        }
    }

    /** Asks once more for what was refused: rights may have been given since. */
    void retryRefused() {
        synchronized (lock) {
            wanted.values().stream()
                    .filter(interest -> interest.isRefused)
                    .forEach(interest -> plan.changed(interest.channel));
        }
    }

    /** Lets posts leave that have waited since before a time. */
    void release(Predicate<Post> longEnough) {
        synchronized (lock) {
            removeHeld(longEnough).forEach(outbox::add);
        }
    }

    /** Holds no post any more, and answers all who wait for a channel. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            wanted.values().forEach(this::giveUp);
        }
    }

    private void giveUp(Interest interest) {
        tell(interest, Interest.givenUp(interest.channel));
        open(interest);
    }

    /** One task for a channel, however often it is lost and found: the application may keep those threads for long. */
    private void tell(Interest interest, @Nullable MessagesException problem) {
        if (interest.answer(problem)) {
            settlement.run(() -> {
                Runnable telling;
                synchronized (lock) {
                    telling = interest.toTell();
                }
                telling.run();
            });
        }
    }

    private void open(Interest interest) {
        interest.held.forEach(outbox::add);
        interest.held.clear();
        holding.remove(interest);
        interest.open = true;
    }

    private List<Post> removeHeld(Predicate<Post> unwanted) {
        List<Post> removed = new ArrayList<>();
        for (Interest interest : holding) {
            interest.held.removeIf(post -> unwanted.test(post) && removed.add(post));
        }
        holding.removeIf(interest -> interest.held.isEmpty());
        return removed;
    }
}
