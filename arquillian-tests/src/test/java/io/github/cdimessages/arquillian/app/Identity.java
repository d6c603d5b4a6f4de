package io.github.cdimessages.arquillian.app;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** A bean that can be told from its like; what derives from it has a scope. */
public abstract class Identity {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final String id = getClass().getSimpleName() + MADE.incrementAndGet();

    @Inject
    Heard heard;

    public String id() {
        return id;
    }

    @PreDestroy
    void destroyed() {
        heard.add("destroyed", id);
    }
}
