package io.github.cdimessages.demo.launcher;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page without a browser: it says things and counts what it hears. */
public final class ChatClient implements AutoCloseable, WebSocket.Listener {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<String, Integer> heard = new ConcurrentHashMap<>();
    private final Map<String, Long> heardAt = new ConcurrentHashMap<>();

    // Mutable state: written by the socket's listener calls, which come one at a time
    private final StringBuilder partial = new StringBuilder();
    private volatile String people = "";
    private volatile int closedWith;

    private final WebSocket socket;

    private ChatClient(Login login, String room) {
        socket = login.open("chat/" + room, this);
    }

    /** Logs in and enters a room; when this returns, what is said on any server is heard here. */
    public static ChatClient enter(URI page, String room, String name) {
        return enter(Login.as(page, name), room);
    }

    /** Enters a room as somebody who has logged in. */
    public static ChatClient enter(Login login, String room) {
        ChatClient client = new ChatClient(login, room);
        client.ready.orTimeout(30, TimeUnit.SECONDS).join();
        return client;
    }

    /** Says something. */
    public void say(String id, String text) {
        String draft =
                "{\"id\":\"" + id + "\",\"text\":\"" + text + "\",\"sentAt\":" + System.currentTimeMillis() + "}";
        socket.sendText(draft, true).join();
    }

    /** How often a message was heard. */
    public int times(String id) {
        return heard.getOrDefault(id, 0);
    }

    /** Who is in the room, as the server last said it. */
    public String people() {
        return people;
    }

    /** The code with which the server closed the chat; 0 while it is open. */
    public int closedWith() {
        return closedWith;
    }

    /** When a message was first heard, by {@link System#nanoTime()}. */
    long heardAt(String id) {
        return heardAt.get(id);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            hear(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        ready.completeExceptionally(error);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closedWith = statusCode;
        ready.completeExceptionally(new CannotStart("the server closed the chat: " + statusCode + " " + reason));
        return null;
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
        socket.abort();
    }

    private void hear(String frame) {
        if (frame.startsWith("{\"note\":") && frame.contains("\"ready\"")) {
            ready.complete(null);
        } else if (frame.startsWith("{\"people\":")) {
            people = frame;
        } else if (frame.startsWith("{\"message\":")) {
            Matcher id = ID.matcher(frame);
            if (id.find()) {
                heardAt.putIfAbsent(id.group(1), System.nanoTime());
                heard.merge(id.group(1), 1, Integer::sum);
            }
        }
    }
}
