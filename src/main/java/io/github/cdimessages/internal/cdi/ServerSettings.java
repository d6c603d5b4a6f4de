package io.github.cdimessages.internal.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.internal.settings.Settings;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The properties of the engine, checked.
 *
 * @param node what people call this server
 * @param workers how many threads run application code at most
 * @param inboxCapacity how many messages may wait for one session
 * @param inboxOverflow what happens to the next one
 * @param streamCapacity how many messages may wait in one stream
 * @param streamOverflow what happens to the next one
 */
record ServerSettings(
        String node,
        int workers,
        int inboxCapacity,
        OverflowPolicy inboxOverflow,
        int streamCapacity,
        OverflowPolicy streamOverflow) {
    private static final String NODE = "messages.node";
    private static final int MOST_WAITING = 10_000_000;
    /** Bytes of a node's name; with what is added to it, it must fit into an envelope. */
    private static final int LONGEST_NODE = 200;

    private static final int LETTERS = 6;

    static ServerSettings read(Settings settings) {
        return new ServerSettings(
                node(settings.text(NODE).orElse("server")),
                settings.number("messages.workers", 32, 1, 10_000),
                settings.number("messages.inbox.capacity", 10_000, 1, MOST_WAITING),
                settings.choice("messages.inbox.overflow", OverflowPolicy.DROP_OLDEST),
                settings.number("messages.stream.capacity", 10_000, 1, MOST_WAITING),
                settings.choice("messages.stream.overflow", OverflowPolicy.DROP_OLDEST));
    }

    /** A name that no other server has, made anew at each call. */
    String origin() {
        StringBuilder origin = new StringBuilder(node).append('-');
        for (int i = 0; i < LETTERS; i++) {
            origin.append(Character.forDigit(ThreadLocalRandom.current().nextInt(10, 36), 36));
        }
        return origin.toString();
    }

    private static String node(String name) {
        if (name.getBytes(UTF_8).length > LONGEST_NODE) {
            throw Settings.wrong(NODE, name, "is longer than " + LONGEST_NODE + " bytes; choose a shorter name");
        }
        return name;
    }
}
