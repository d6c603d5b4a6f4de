package io.github.cdimessages.demo.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The processes that this one started; none of them outlives it, and none starts once they are being stopped. */
final class Processes implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;

    private final Optional<Guard> guard = Guard.start();

    // Mutable state: guarded by this
    private final Deque<Process> running = new ArrayDeque<>();
    // Mutable state: written under this, read without it while the processes are waited for
    private volatile boolean closed;

    /** Starts a program without a shell between, so that the process known here is the one that works. */
    synchronized Process start(List<String> command, Path log) {
        if (closed) {
            throw new CannotStart("stopped while it was starting");
        }
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File(nothing()))
                    .start();
            running.push(process);
            guard.ifPresent(present -> present.watch(process));
            return process;
        } catch (IOException e) {
            throw new CannotStart("cannot run " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Asks all to end, the last one started first, and ends those by force that do not. */
    @Override
    public synchronized void close() {
        closed = true;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Process first = running.peekLast();
        running.stream().filter(process -> process != first).forEach(Process::destroy);
        while (!running.isEmpty()) {
            Process process = running.pop();
            process.destroy();
            if (!ended(process, deadline - System.nanoTime())) {
                process.destroyForcibly();
                ended(process, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            }
        }
        guard.ifPresent(Guard::close);
    }

    private static boolean ended(Process process, long nanos) {
        try {
            return process.waitFor(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String nothing() {
        return System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    }
}
