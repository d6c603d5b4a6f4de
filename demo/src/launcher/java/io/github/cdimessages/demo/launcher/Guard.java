package io.github.cdimessages.demo.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;

/**
 * Ends the processes even if this one is killed without a chance to do it: a shell that reads their numbers, and ends
 * them when it reads the end of its input instead of a goodbye.
 */
final class Guard implements AutoCloseable {
    private static final String SCRIPT = "trap '' HUP INT TERM; pids=; "
            + "while read -r pid; do [ \"$pid\" = bye ] && exit 0; pids=\"$pids $pid\"; done; kill $pids 2>/dev/null";

    private final PrintStream shell;

    private Guard(PrintStream shell) {
        this.shell = shell;
    }

    /** None where there is no shell; there a kill by force leaves the servers behind. */
    static Optional<Guard> start() {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return Optional.of(new Guard(new PrintStream(process.getOutputStream(), true)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void watch(Process process) {
        shell.println(process.pid());
    }

    @Override
    public void close() {
        shell.println("bye");
        shell.close();
    }
}
