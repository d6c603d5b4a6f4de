package io.github.cdimessages.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what a logger is told that an administrator should see: all but details. */
public final class LogFixture implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
            if (getLevel().equals(Level.ALL)) {
                for (Throwable t = line.getThrown(); t != null; t = t.getCause()) {
                    lines.add(t.toString());
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogFixture(String name, Level least) {
        logger = Logger.getLogger(name);
        before = logger.getLevel();
        if (least.equals(Level.ALL)) {
            logger.setLevel(least);
        }
        handler.setLevel(least);
        logger.addHandler(handler);
    }

    public static LogFixture of(Class<?> subject) {
        return named(subject.getName());
    }

    public static LogFixture named(String logger) {
        return new LogFixture(logger, Level.INFO);
    }

    /** What anybody logs, with all details and causes. */
    public static LogFixture everything() {
        return new LogFixture("", Level.ALL);
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(before);
    }
}
