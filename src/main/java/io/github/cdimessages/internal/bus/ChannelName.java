package io.github.cdimessages.internal.bus;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** What a channel may be called, here and in Redis: the same with and without Redis, so that a test finds it. */
public final class ChannelName {
    private static final int MOST_BYTES = 1_024;
    private static final int SHOWN = 40;

    private ChannelName() {}

    /** Gives the name back, or throws an IllegalArgumentException. */
    public static String check(String name) {
        if (requireNonNull(name, "the channel is null; give its name").isBlank()) {
            throw new IllegalArgumentException("channel '" + name + "': the name is blank; give one");
        }
        if (isReserved(name)) {
            throw new IllegalArgumentException("channel '" + name
                    + "': names that begin with '_' are reserved for the library; choose another name");
        }
        if (3 * name.length() > MOST_BYTES) {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException("channel '" + name.substring(0, SHOWN) + "…': the name has " + bytes
                        + " bytes in UTF-8; choose one of at most " + MOST_BYTES);
            }
        }
        for (int i = 0; i < name.length(); i++) {
            if (isLoneSurrogate(name, i)) {
                throw new IllegalArgumentException("channel '" + name
                        + "': the name has a lone surrogate and so no UTF-8 form; choose another name");
            }
        }
        return name;
    }

    /** Whether only the library itself posts and listens there. */
    public static boolean isReserved(String name) {
        return !name.isEmpty() && name.charAt(0) == '_';
    }

    private static boolean isLoneSurrogate(String name, int at) {
        int point = name.codePointAt(at);
        boolean isSecondHalf = at > 0 && Character.isSurrogatePair(name.charAt(at - 1), name.charAt(at));
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE && !isSecondHalf;
    }
}
