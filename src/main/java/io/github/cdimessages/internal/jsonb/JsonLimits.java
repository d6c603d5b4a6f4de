package io.github.cdimessages.internal.jsonb;

import io.github.cdimessages.internal.settings.Settings;

/**
 * Looks over JSON text before it is parsed, and after it was written, for what would take a parser's stack or time:
 * deep nesting and long numbers. It knows strings and escapes, and leaves all other mistakes to the parser.
 */
final class JsonLimits {
    static final String MAX_DEPTH = "messages.json.max-depth";
    static final JsonLimits DEFAULT = new JsonLimits(64);

    /** The longest that a double needs has 1,077 characters. */
    static final int MAX_NUMBER = 1_100;

    /** More digits in an exponent would make a BigDecimal that fills the memory when it becomes a whole number. */
    static final int MAX_EXPONENT = 4;

    private final int maxDepth;

    JsonLimits(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    static JsonLimits read(Settings settings) {
        return new JsonLimits(settings.number(MAX_DEPTH, 64, 1, 1_000));
    }

    /** Throws an IllegalArgumentException that says what is too much. */
    void check(String json) {
        int depth = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                i = endOfString(json, i + 1);
            } else if (c == '{' || c == '[') {
                if (++depth > maxDepth) {
                    throw new IllegalArgumentException("is nested deeper than property '" + MAX_DEPTH + "' allows, "
                            + maxDepth + "; raise it on every server, or send a flatter message");
                }
            } else if (c == '}' || c == ']') {
                depth = Math.max(0, depth - 1);
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                i = endOfNumber(json, i) - 1;
            }
        }
    }

    /** The place of the quote that ends a string, or the end of the text. */
    private static int endOfString(String json, int from) {
        int at = from;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private static int endOfNumber(String json, int from) {
        int at = from;
        int exponent = -1;
        while (at < json.length() && isOfNumber(json.charAt(at))) {
            char c = json.charAt(at);
            if (c == 'e' || c == 'E') {
                exponent = 0;
            } else if (exponent >= 0 && c >= '0' && c <= '9') {
                exponent++;
            }
            at++;
        }
        if (at - from > MAX_NUMBER || exponent > MAX_EXPONENT) {
            throw new IllegalArgumentException("has a number of " + (at - from)
                    + " characters or with too high an exponent; allowed are " + MAX_NUMBER + " characters and "
                    + MAX_EXPONENT + " digits of exponent. Send it as text");
        }
        return at;
    }

    private static boolean isOfNumber(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }
}
