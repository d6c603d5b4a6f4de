package io.github.cdimessages.internal.cdi;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The library's own threads, where no server lends any: daemons with the application's class loader. */
final class OwnThreads implements ThreadFactory, Executor, AutoCloseable {
    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private final ExecutorService pool = Executors.newCachedThreadPool(this);

    // Mutable state: atomic
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "messages-" + made.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(application);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** Interrupts what still runs and takes no more. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
