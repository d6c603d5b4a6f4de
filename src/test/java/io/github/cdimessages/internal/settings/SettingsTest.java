package io.github.cdimessages.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.OverflowPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String NAME = "messages.some-thing";
    private static final Duration OTHERWISE = Duration.ofSeconds(20);

    private final Map<String, String> source = new HashMap<>();
    private final Settings settings = new Settings(source::get);

    @Test
    void whatIsNotSetOrBlankHasItsDefault() {
        for (String nothing : new String[] {null, "", "  "}) {
            source.put(NAME, nothing);

            assertThat(settings.text(NAME)).isEmpty();
            assertThat(settings.number(NAME, 7, 1, 10)).isEqualTo(7);
            assertThat(settings.time(NAME, OTHERWISE)).isEqualTo(OTHERWISE);
            assertThat(settings.choice(NAME, OverflowPolicy.DROP_NEWEST)).isEqualTo(OverflowPolicy.DROP_NEWEST);
        }
    }

    @Test
    void spaceAroundAValueDoesNotCount() {
        source.put(NAME, " 8\t");

        assertThat(settings.text(NAME)).contains("8");
        assertThat(settings.number(NAME, 7, 1, 10)).isEqualTo(8);
        assertThat(settings.time(NAME, OTHERWISE)).isEqualTo(Duration.ofMillis(8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void aNumberWithinItsBoundsIsTaken(int number) {
        source.put(NAME, String.valueOf(number));

        assertThat(settings.number(NAME, 7, 1, 10)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-5", "5.0", "5k", "many", "99999999999999999999"})
    void anotherNumberIsRefusedByPropertyValueAndBounds(String wrong) {
        refuses(wrong, set -> set.number(NAME, 7, 1, 10), "from 1 to 10");
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "250, PT0.25S",
        "250ms, PT0.25S",
        "250 ms, PT0.25S",
        "10s, PT10S",
        "10 S, PT10S",
        "2m, PT2M",
        "24h, PT24H",
        "1 H, PT1H",
        "PT10S, PT10S",
        "pt1h30m, PT1H30M",
        "P1D, PT24H"
    })
    void aTimeIsMillisecondsOrHasItsUnitOrIsIso8601(String text, Duration time) {
        source.put(NAME, text);

        assertThat(settings.time(NAME, OTHERWISE)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-1s",
                "PT-1S",
                "-1h",
                "1d",
                "1h30m",
                "h",
                "s",
                "soon",
                "1.5s",
                "P",
                "99999999999999999999s"
            })
    void anotherTimeIsRefusedByPropertyValueAndExamples(String wrong) {
        refuses(wrong, set -> set.time(NAME, OTHERWISE), "500ms, 10s, 2m, 24h or PT10S");
    }

    @Test
    void aTimeThatIsTooLongIsRefusedToo() {
        refuses("9223372036854775807m", set -> set.time(NAME, OTHERWISE), "is no time");
        refuses("9223372036854775807h", set -> set.time(NAME, OTHERWISE), "is no time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLOSE_SESSION", "close_session", "close-session", "Close-Session"})
    void aChoiceIsTakenInAnyCaseWithHyphensOrUnderscores(String text) {
        source.put(NAME, text);

        assertThat(settings.choice(NAME, OverflowPolicy.DROP_OLDEST)).isEqualTo(OverflowPolicy.CLOSE_SESSION);
    }

    @Test
    void anotherChoiceIsRefusedByPropertyValueAndWhatThereIs() {
        refuses(
                "block",
                set -> set.choice(NAME, OverflowPolicy.DROP_OLDEST),
                "[DROP_OLDEST, DROP_NEWEST, CLOSE_SESSION]");
    }

    /** What another JVM reads, as this one can't change its environment. */
    static final class Reader {
        public static void main(String... args) {
            System.out.print(Settings.ofSystem().text(NAME).orElse("nothing"));
        }
    }

    @Test
    void aSystemPropertyComesBeforeTheEnvironment() throws Exception {
        assertThat(readBy(Map.of())).isEqualTo("nothing");
        assertThat(readBy(Map.of("MESSAGES_SOME_THING", "environment"))).isEqualTo("environment");
        assertThat(readBy(Map.of("MESSAGES_SOME_THING", "environment"), "-D" + NAME + "=system"))
                .isEqualTo("system");
    }

    private static String readBy(Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reader.class.getName()));
        ProcessBuilder reader = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        reader.environment().remove("JAVA_TOOL_OPTIONS");
        reader.environment().putAll(environment);
        return new String(reader.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void refuses(String wrong, Consumer<Settings> read, String cure) {
        source.put(NAME, wrong);

        assertThatExceptionOfType(MessagesException.class)
                .isThrownBy(() -> read.accept(settings))
                .withMessageContaining("property '" + NAME + "'")
                .withMessageContaining("'" + wrong + "'")
                .withMessageContaining(cure);
    }
}
