package io.github.cdimessages.internal.settings;

import io.github.cdimessages.MessagesException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives configuration properties as values, and refuses wrong ones by property, value and cure. */
public final class Settings {
    private final Function<String, @Nullable String> source;

    /** Reads from a source that gives null for what is not set. */
    public Settings(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /**
     * Reads system properties, then the environment ({@code messages.redis.uri} is {@code MESSAGES_REDIS_URI} there).
     */
    public static Settings ofSystem() {
        return new Settings(Settings::systemValue);
    }

    /** The value of a property in the system properties or the environment, or null. */
    public static @Nullable String systemValue(String property) {
        String value = System.getProperty(property);
        return value != null && !value.isBlank() ? value : System.getenv(KnownProperties.inEnvironment(property));
    }

    /** A property's text; blank counts as absent. */
    public Optional<String> text(String property) {
        return Optional.ofNullable(source.apply(property)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A whole number within bounds. */
    public int number(String property, int otherwise, int least, int most) {
        return text(property).map(text -> number(property, text, least, most)).orElse(otherwise);
    }

    /**
     * A time: a number of milliseconds, a number with the unit {@code ms}, {@code s}, {@code m} or {@code h}, or
     * ISO-8601.
     */
    public Duration time(String property, Duration otherwise) {
        return text(property).map(text -> time(property, text)).orElse(otherwise);
    }

    /** One of an enum's names, in any case, with hyphens or underscores. */
    public <E extends Enum<E>> E choice(String property, E otherwise) {
        return text(property)
                .map(text -> choice(property, text, otherwise.getDeclaringClass()))
                .orElse(otherwise);
    }

    /** What to throw when a property's value can't be used. */
    public static MessagesException wrong(String property, String value, String cure) {
        return new MessagesException("property '" + property + "': '" + value + "' " + cure);
    }

    private static <E extends Enum<E>> E choice(String property, String text, Class<E> names) {
        String name = text.replace('-', '_').toUpperCase(Locale.ROOT);
        for (E constant : names.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw wrong(property, text, "is none of " + Arrays.toString(names.getEnumConstants()) + "; set one of them");
    }

    private static int number(String property, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that serves both cases
        }
        throw wrong(property, text, "is no whole number from " + least + " to " + most + "; set one");
    }

    private static Duration time(String property, String text) {
        try {
            Duration time = parse(text.toLowerCase(Locale.ROOT));
            if (!time.isNegative()) {
                return time;
            }
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            // falls through to the one message that serves all cases
        }
        throw wrong(property, text, "is no time; write for example 500ms, 10s, 2m, 24h or PT10S");
    }

    private static Duration parse(String text) {
        if (text.startsWith("p")) {
            return Duration.parse(text);
        }
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits).strip()) {
            case "", "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw new NumberFormatException(text);
        };
    }
}
