package io.github.cdimessages.internal.bus;

import org.jspecify.annotations.Nullable;

/** Makes text that came from elsewhere fit for a log: it can't begin a line of its own, nor fill the disk. */
public final class Printable {
    private static final int MOST = 300;

    private Printable() {}

    /** The text with escapes for what is no character of a line, cut where it gets long. */
    public static String of(@Nullable String text) {
        String given = String.valueOf(text);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < given.length() && i < MOST; i++) {
            char c = given.charAt(i);
            if (isHarmless(c)) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        return given.length() > MOST ? line.append('…').toString() : line.toString();
    }

    /** Not: control characters, separators of lines, formats such as "right to left". */
    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
