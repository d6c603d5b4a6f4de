package io.github.cdimessages.arquillian.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs inside the server while this is open. */
public final class LogLines extends Handler implements AutoCloseable {
    /** Held here: the log manager would forget it. */
    private final Logger logger = Logger.getLogger("io.github.cdimessages");

    // Mutable state: concurrent
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        logger.addHandler(this);
    }

    public List<String> about(String word) {
        return lines.stream().filter(line -> line.contains(word)).toList();
    }

    @Override
    public void publish(LogRecord log) {
        lines.add(log.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
