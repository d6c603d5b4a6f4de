package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.InboxOverflow;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.Reach;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The one place where something that went wrong is counted, logged within reason and announced. */
final class Failures {
    private static final Logger LOG = System.getLogger("io.github.cdimessages");
    private static final int MOST_TOLD = 10_000;

    private final Announcements announcements;
    private final Executor helpers;
    private final Throttle throttle = new Throttle();

    // Mutable state: concurrent by their own means
    private final LongAdder count = new LongAdder();
    private final Set<String> mismatches = ConcurrentHashMap.newKeySet();
    private final Set<String> unheard = ConcurrentHashMap.newKeySet();
    /** By channel: drops that are not announced yet; whoever adds the first one asks for the announcement. */
    private final ConcurrentHashMap<String, Long> drops = new ConcurrentHashMap<>();

    Failures(Announcements announcements, Executor helpers) {
        this.announcements = announcements;
        this.helpers = helpers;
    }

    /** How many deliveries and posts have failed, mismatches and drops included. */
    long count() {
        return count.sum();
    }

    /** A listener or observer has thrown, or its message can't be read. */
    void failed(Object listener, ChannelEvent event, Throwable cause) {
        report(
                "channel '" + event.channel() + "': "
                        + (cause instanceof UnreadableException
                                ? "a message can't be read for "
                                : "a message failed in ")
                        + describe(listener) + "; it gets the next one",
                new DeliveryFailure(event.channel(), event.messageId(), listener, text(event), cause));
    }

    /**
     * A message is of another type than a listener expects: told once for each channel and pair of types, as far as
     * they can be remembered.
     */
    void wrongType(Object listener, ChannelEvent event, WrongTypeException mismatch) {
        count.increment();
        String kind = event.channel() + ' ' + mismatch.getMessage();
        boolean full = mismatches.size() >= MOST_TOLD;
        if (full ? mismatches.contains(kind) : !mismatches.add(kind)) {
            return;
        }
        String what = "channel '" + event.channel() + "': " + mismatch.getMessage() + ", as " + describe(listener)
                + " expects; told once, counted always";
        if (full) {
            log("one more mismatch", what, null);
        } else {
            LOG.log(Level.WARNING, what);
        }
        announcements.announce(
                new DeliveryFailure(event.channel(), event.messageId(), listener, text(event), mismatch));
    }

    /** A stream's consumer failed, with a message or without, and gets no more. */
    void cancelled(Object consumer, String channel, @Nullable ChannelEvent event, Throwable cause) {
        String id = event == null ? null : event.messageId();
        report(
                "channel '" + channel + "': " + describe(consumer) + " failed; its stream is closed",
                new DeliveryFailure(channel, id, consumer, event == null ? null : text(event), cause));
    }

    /** What arrived is no envelope. */
    void malformed(String channel, MessagesException problem) {
        report(
                "channel '" + channel + "': what arrived there is no message of this library and was left out",
                new DeliveryFailure(channel, null, null, null, problem));
    }

    /** A post did not leave this server; its stage says so too, but that may be ignored. */
    void unsent(String channel, String messageId, Throwable cause) {
        report(
                "channel '" + channel + "': a message was not sent to other servers",
                new DeliveryFailure(channel, messageId, null, null, cause));
    }

    /** Messages were dropped because a session does not keep up. */
    void overflowed(Object session, String channel, long dropped) {
        count.add(dropped);
        if (drops.merge(channel, dropped, Long::sum) == dropped) {
            helpers.execute(() -> announceDrops(session, channel));
        }
    }

    /** What was posted while this server was cut off is missing. */
    void missing(ChannelGap gap) {
        count.increment();
        log("messages may be missing here: " + gap.cause() + "; the event ChannelGap names each channel", null);
        announcements.announce(gap);
    }

    /** A listener ended with its request before any message came; told once for each place in the code. */
    void neverCalled(Registration registration) {
        String place = describe(registration.listener());
        if (unheard.size() < MOST_TOLD && unheard.add(registration.channel() + ' ' + place)) {
            LOG.log(
                    Level.INFO,
                    "channel '" + registration.channel() + "': " + place + " was removed at the end of its request"
                            + " without ever having been called. To listen longer, as from @PostConstruct of an"
                            + " application-scoped bean, inject @ApplicationWide Messages");
        }
    }

    /** An observer posts to the channel that it observes, and so calls itself. */
    void looping(String channel) {
        log(
                "channel '" + channel + "': an observer posts to the channel that it observes, and will observe that"
                        + " too; post to another channel, or stop at some point",
                null);
    }

    private void announceDrops(Object session, String channel) {
        Long dropped = drops.remove(channel);
        if (dropped != null) {
            String who = "channel '" + channel + "': " + session + " does not keep up";
            log(who, who + ": there was no room for " + dropped + " message(s), which were dropped", null);
            announcements.announce(new InboxOverflow(channel, dropped));
        }
    }

    private void report(String what, DeliveryFailure failure) {
        count.increment();
        log(what, failure.cause());
        announcements.announce(failure);
    }

    private void log(String what, @Nullable Throwable cause) {
        log(what, what, cause);
    }

    private void log(String kind, String what, @Nullable Throwable cause) {
        long heldBack = throttle.pass(kind);
        if (heldBack >= 0) {
            LOG.log(Level.WARNING, heldBack == 0 ? what : what + " (and " + heldBack + " times before)", cause);
        }
    }

    private static @Nullable String text(ChannelEvent event) {
        return event.reach() == Reach.GLOBAL ? event.json() : null;
    }

    private static String describe(Object listener) {
        return listener instanceof Described described
                ? described.description()
                : listener.getClass().getName();
    }
}
