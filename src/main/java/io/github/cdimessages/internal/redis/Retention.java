package io.github.cdimessages.internal.redis;

import java.util.ArrayDeque;
import java.util.Deque;

/** Knows how many entries a server's log may have, so that it stays within its bounds of count, bytes and time. */
final class Retention {
    private final int mostMessages;
    private final long mostBytes;
    private final long mostNanos;

    // Mutable state: owned by the holder of the publisher's token
    private final Deque<Kept> entries = new ArrayDeque<>();
    private long messages;
    private long bytes;

    private record Kept(int messages, int bytes, long at) {}

    Retention(int mostMessages, long mostBytes, long mostNanos) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
        this.mostNanos = mostNanos;
    }

    /** Adds an entry; gives how many of the newest to keep: always the last, which holds the place in the order. */
    int add(int newMessages, int newBytes, long now) {
        entries.add(new Kept(newMessages, newBytes, now));
        messages += newMessages;
        bytes += newBytes;
        while (entries.size() > 1) {
            Kept oldest = entries.getFirst();
            if (messages <= mostMessages && bytes <= mostBytes && now - oldest.at <= mostNanos) {
                break;
            }
            entries.removeFirst();
            messages -= oldest.messages;
            bytes -= oldest.bytes;
        }
        return entries.size();
    }
}
