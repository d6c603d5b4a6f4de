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
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogFixture(Logger logger) {
        this.logger = logger;
        logger.addHandler(handler);
    }

    public static LogFixture of(Class<?> subject) {
        return named(subject.getName());
    }

    public static LogFixture named(String logger) {
        return new LogFixture(Logger.getLogger(logger));
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
