package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Adds a listener wherever it is called, posts, and waits for what the listener hears. */
@ApplicationScoped
public class Conversation {
    @Inject
    Messages messages;

    public String hearsItself(String channel) {
        CompletableFuture<String> heard = new CompletableFuture<>();
        messages.addListener(channel, Note.class, note -> heard.complete(note.text()));
        messages.postMessage(channel, new Note("hello"));
        try {
            return heard.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts to all servers; gives what a listener for the type hears of it here. */
    public <T> List<T> throughRedis(String channel, Class<T> type, List<T> posted) throws InterruptedException {
        BlockingQueue<T> arrived = new LinkedBlockingQueue<>();
        messages.addListener(channel, type, arrived::add);
        posted.forEach(message -> messages.postMessage(channel, message, Reach.GLOBAL));
        List<T> heard = new ArrayList<>();
        while (heard.size() < posted.size()) {
            heard.add(arrived.poll(20, TimeUnit.SECONDS));
        }
        return heard;
    }
}
