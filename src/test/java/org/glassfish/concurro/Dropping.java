package org.glassfish.concurro;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Drops what is given by a thread of an application, as the real one does while an application is deployed. */
public final class Dropping implements Executor {
    /** Whether a thread belongs to an application; threads that it starts do too, as in GlassFish. */
    public static final ThreadLocal<Boolean> OF_APPLICATION = new InheritableThreadLocal<>();

    private final Executor threads;
    private final boolean refuses;

    /** Uses these threads for what it does not drop, or takes nothing. */
    public Dropping(Executor threads, boolean refuses) {
        this.threads = threads;
        this.refuses = refuses;
    }

    @Override
    public void execute(Runnable task) {
        if (refuses) {
            throw new RejectedExecutionException("no room");
        }
        if (OF_APPLICATION.get() == null) {
            threads.execute(task);
        }
    }
}
