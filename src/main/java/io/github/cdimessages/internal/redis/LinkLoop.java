package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CountDownLatch;

/**
 * The life of a thread that reads a connection: connect, serve until it breaks, wait a little, and again, without end.
 */
final class LinkLoop implements Runnable {
    /** So long a connection lives that was any use. */
    private static final long SERVED_NANOS = SECONDS.toNanos(1);

    private final Connector connector;
    private final Duty duty;
    private final Reachability reachability;
    private final CountDownLatch stopped;
    private final Backoff backoff = new Backoff();

    LinkLoop(Connector connector, Duty duty, Reachability reachability, CountDownLatch stopped) {
        this.connector = connector;
        this.duty = duty;
        this.reachability = reachability;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        while (stopped.getCount() > 0) {
            try {
                attempt();
            } catch (Throwable cause) { // even an OutOfMemoryError must not make this server deaf for ever
                reachability.down(duty.side(), cause);
            }
            try {
                stopped.await(backoff.nextMillis(), MILLISECONDS);
            } catch (InterruptedException e) {
                // only the latch ends this thread: a server may interrupt its threads before it stops us
            }
        }
    }

    private void attempt() {
        Link link = connector.connect();
        long begun = System.nanoTime();
        try {
            duty.serve(link);
        } catch (Throwable cause) {
            reachability.down(duty.side(), cause); // first, so that nobody counts on the link any more
            throw cause;
        } finally {
            if (System.nanoTime() - begun > SERVED_NANOS) {
                backoff.reset(); // not before: a Redis that takes connections may refuse all that is done with them
            }
            link.giveUp("the connection is closed");
            duty.lost();
        }
    }

    void close() {
        connector.close();
    }

    /** What a loop does with its connection. */
    interface Duty {
        Reachability.Side side();

        /** Uses the connection until it breaks, which always ends in an exception. */
        void serve(Link link);

        /** Cleans up after it. */
        void lost();
    }
}
