package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a connection's answers: its own thread, or, while that lends its turn, a poster that waits for one. The
 * answer then wakes the poster itself, as with a client that blocks, and not first the thread that would wake it.
 *
 * <p>The turn is the own thread's, free to be taken, taken, or asked back. The own thread lends it to a poster that
 * waits alone, looks each millisecond whether anybody used it, and takes it again if not: a connection that nobody
 * reads for longer might have been closed unseen.
 */
final class ReadingTurn {
    private static final long LOOK_NANOS = MILLISECONDS.toNanos(1);
    private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();
    private static final int OWN = 0;
    private static final int FREE = 1;
    private static final int TAKEN = 2;
    private static final int BACK = 3;

    private final AtomicInteger state = new AtomicInteger(OWN);

    // Mutable state: used is set by who has taken the turn; the rest by the own thread
    private volatile boolean used;
    private volatile @Nullable Thread lender;

    /** The own thread lets others read; it has the turn again when this returns. */
    void lend() {
        lender = Thread.currentThread();
        state.set(FREE);
        do {
            used = false;
            pause();
        } while (state.get() != BACK && (used || state.get() == TAKEN));
        while (!state.compareAndSet(BACK, OWN) && !state.compareAndSet(FREE, OWN)) {
            pause();
        }
    }

    /**
     * Takes the turn if it is lent. Who gets it ends with {@link #done()} or {@link #giveBack()}. A virtual thread
     * never does: where one is interrupted while it reads a socket, the JDK closes that (Socket.getInputStream, Java
     * 21).
     */
    boolean take() {
        return state.get() == FREE && !isVirtual() && state.compareAndSet(FREE, TAKEN);
    }

    /** Nothing is left to be read now. */
    void done() {
        used = true;
        state.set(FREE);
    }

    /** The own thread has to go on reading. */
    void giveBack() {
        state.set(BACK);
        LockSupport.unpark(lender);
    }

    /** Has the own thread read if nobody does. */
    void recall() {
        if (state.get() == FREE && state.compareAndSet(FREE, BACK)) {
            LockSupport.unpark(lender);
        }
    }

    private void pause() {
        LockSupport.parkNanos(LOOK_NANOS);
        boolean unused = Thread.interrupted(); // it would end each pause at once; only a closed connection ends this
    }

    private static boolean isVirtual() {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new IllegalStateException(e); // declared by the handle; the method throws nothing
        }
    }

    /** The method that Java 21 brought; null before. */
    private static @Nullable MethodHandle findIsVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }
}
