package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
}
