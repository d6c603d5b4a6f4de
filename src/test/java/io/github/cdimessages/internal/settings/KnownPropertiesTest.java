package io.github.cdimessages.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownPropertiesTest {
    @Test
    void areThoseOfTheReadme() throws IOException {
        assertThat(found("^\\| `(messages\\.[a-z.-]+)` \\|", Files.readString(Path.of("README.md"))))
                .containsExactlyInAnyOrderElementsOf(KnownProperties.NAMES);
    }

    @Test
    void areThoseThatTheCodeNames() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(
                            path -> path.toString().endsWith(".java") && !path.endsWith("KnownProperties.java"))
                    .toList()) {
                named.addAll(found("\"(messages\\.[a-z.-]+[a-z])\"", Files.readString(file)));
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(KnownProperties.NAMES);
    }

    @Test
    void whatIsMisspeltIsNamedWithWhatIsMeant() {
        assertThat(KnownProperties.warnings(List.of("messages.redis.url", "messages.inbox.capazity")))
                .containsExactly(
                        "property 'messages.inbox.capazity' does not exist, and has no effect; did you mean"
                                + " 'messages.inbox.capacity'?",
                        "property 'messages.redis.url' does not exist, and has no effect; did you mean"
                                + " 'messages.redis.uri'?");
    }

    @Test
    void soItIsInTheEnvironment() {
        assertThat(KnownProperties.warnings(List.of("MESSAGES_REDIS_URL")))
                .containsExactly("property 'MESSAGES_REDIS_URL' does not exist, and has no effect; did you mean"
                        + " 'MESSAGES_REDIS_URI'?");
    }

    @Test
    void whatASourceGivesInBothFormsIsNamedOnce() {
        assertThat(KnownProperties.warnings(List.of("messages.redis.url", "MESSAGES_REDIS_URL")))
                .hasSize(1);
    }

    @Test
    void whatIsRightOrOfTheApplicationIsNot() {
        assertThat(KnownProperties.warnings(List.of(
                        "messages.redis.uri",
                        "MESSAGES_REDIS_TLS_KEY_STORE",
                        "messages.welcome",
                        "messages.shop.greeting",
                        "MESSAGES_WELCOME",
                        "java.home")))
                .isEmpty();
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
