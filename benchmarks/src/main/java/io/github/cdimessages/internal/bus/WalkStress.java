package io.github.cdimessages.internal.bus;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.cdimessages.ChannelEvent;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Posters walk the listeners of a channel without a lock. The tests in the build try the orders of the steps; these try
 * what processors and compilers make of the plain writes in between.
 */
public final class WalkStress {
    private WalkStress() {}

    /** A newcomer is met whole or not at all, and from then on always. */
    @JCStressTest
    @Outcome(
            id = {"0, 42", "42, 42"},
            expect = ACCEPTABLE,
            desc = "came after the walk, or before it")
    @Outcome(expect = FORBIDDEN, desc = "met half made, or never")
    @State
    public static class Join {
        private final ChannelListeners listeners = of(new Counted());
        private final Counted fresh = new Counted();

        /** One thread joins; its place is in a new generation, as the first one was full. */
        @Actor
        public void join() {
            fresh.join(listeners);
        }

        /** Another one posts. */
        @Actor
        public void post(II_Result result) {
            result.r1 = fresh.worthMetBy(listeners);
        }

        /** A later post. */
        @Arbiter
        public void after(II_Result result) {
            result.r2 = fresh.worthMetBy(listeners);
        }
    }

    /** A newcomer in a place that was free: the slot is a plain write, which the volatile length shows. */
    @JCStressTest
    @Outcome(
            id = {"0, 42", "42, 42"},
            expect = ACCEPTABLE,
            desc = "came after the walk, or before it")
    @Outcome(expect = FORBIDDEN, desc = "met half made, or never")
    @State
    public static class JoinInPlace {
        private final ChannelListeners listeners = of(new Counted(), new Counted());
        private final Counted fresh = new Counted();

        /** One thread joins; there is room. */
        @Actor
        public void join() {
            fresh.join(listeners);
        }

        /** Another one posts. */
        @Actor
        public void post(II_Result result) {
            result.r1 = fresh.worthMetBy(listeners);
        }

        /** A later post. */
        @Arbiter
        public void after(II_Result result) {
            result.r2 = fresh.worthMetBy(listeners);
        }
    }

    /** Who stays is met exactly once while the last of many leavers has the places moved together. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "met once")
    @Outcome(expect = FORBIDDEN, desc = "missed, or met twice")
    @State
    public static class Compaction {
        private final Counted stays = new Counted();
        private final Counted leaves = new Counted();
        private final ChannelListeners listeners;

        /** Sixteen have gone already: one more, and the places are moved together. */
        public Compaction() {
            Counted[] gone = new Counted[16];
            listeners = of(leaves);
            for (int i = 0; i < gone.length; i++) {
                gone[i] = new Counted();
                listeners.add(gone[i]);
            }
            listeners.add(stays);
            for (Counted one : gone) {
                listeners.remove(one);
            }
        }

        /** One thread leaves. */
        @Actor
        public void leave() {
            synchronized (listeners) {
                listeners.remove(leaves);
            }
        }

        /** Another one posts. */
        @Actor
        public void post(I_Result result) {
            result.r1 = stays.worthMetBy(listeners);
        }
    }

    private static ChannelListeners of(Counted... members) {
        ChannelListeners listeners = new ChannelListeners("stress");
        for (Counted member : members) {
            listeners.add(member);
        }
        return listeners;
    }

    /** Adds its worth for each message; both are plain on purpose. */
    private static final class Counted extends Member {
        private int worth = 1;
        private int got;

        Counted() {
            super(null, "stress");
        }

        void join(ChannelListeners listeners) {
            worth = 42;
            synchronized (listeners) {
                listeners.add(this);
            }
        }

        /** What it is worth to one post on the channel; 0 if that does not meet it. */
        int worthMetBy(ChannelListeners listeners) {
            got = 0;
            listeners.offer(null);
            return got;
        }

        @Override
        void offer(ChannelEvent event) {
            got += worth;
        }
    }
}
