package io.github.cdimessages.arquillian.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the application has heard, by a name that each test chooses. */
@ApplicationScoped
public class Heard {
    // Mutable state: concurrent
    private final ConcurrentHashMap<String, List<String>> all = new ConcurrentHashMap<>();

    public void add(String where, String text) {
        all.computeIfAbsent(where, missing -> new CopyOnWriteArrayList<>()).add(text);
    }

    public List<String> in(String where) {
        return List.copyOf(all.getOrDefault(where, List.of()));
    }
}
