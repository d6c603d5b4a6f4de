package io.github.cdimessages.internal.cdi;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The managed executors of GlassFish 8.0.0 and Payara 7.2025.1. They take a task with the application of who gives it,
 * and when a thread comes to run it they look that up among the server's applications. If it is not found enabled just
 * then, as while any application is deployed, the task is dropped and nobody is told. So a task is given to them by a
 * thread that belongs to no application; its own contexts come from the context service, which tells of a failure.
 */
final class Concurro implements Executor {
    private final Executor managed;

    private Concurro(Executor managed) {
        this.managed = managed;
    }

    /** Whether this is an executor of theirs, or a scheduler. */
    static boolean made(@Nullable Object executor) {
        return executor != null && executor.getClass().getName().startsWith("org.glassfish.concurro.");
    }

    static Executor careful(Executor executor) {
        return made(executor) ? new Concurro(executor) : executor;
    }

    /** Waits for the thread as long as the executor needs to take a task or to refuse it. */
    @Override
    public void execute(Runnable task) {
        AtomicReference<@Nullable Throwable> refusal = new AtomicReference<>();
        Thread giver = new Thread(null, () -> give(task, refusal), "messages-giver", 0, false);
        giver.setDaemon(true);
        giver.start();
        joined(giver);
        Throwable problem = refusal.get();
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem != null) {
            throw (RuntimeException) problem;
        }
    }

    private void give(Runnable task, AtomicReference<@Nullable Throwable> refusal) {
        try {
            managed.execute(task);
        } catch (RuntimeException | Error e) {
            refusal.set(e);
        }
    }

    private static void joined(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
