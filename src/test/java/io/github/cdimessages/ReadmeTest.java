package io.github.cdimessages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README.md shows is compiled, its table of properties is the code's, and its links lead somewhere. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    /** A comment that names file and region, which the page does not show, and a block of code. */
    private static final Pattern JAVA =
            Pattern.compile("(?:<!-- (\\S+)#(\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PROPERTY_IN_TABLE =
            Pattern.compile("^\\| `(messages\\.[a-z.-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern PROPERTY_IN_CODE = Pattern.compile("\"(messages\\.[a-z.-]+)\"");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @Test
    void eachJavaBlockIsTheRegionOfACompiledFile() throws IOException {
        List<MatchResult> blocks = matches(JAVA, Files.readString(README));

        assertThat(blocks).hasSizeGreaterThan(5).allSatisfy(block -> {
            assertThat(block.group(1))
                    .as("the file of the block %s", block.group(3))
                    .isNotNull();
            assertThat(block.group(3))
                    .as("%s#%s", block.group(1), block.group(2))
                    .isEqualTo(region(Path.of(block.group(1)), block.group(2)));
        });
    }

    @Test
    void theTableNamesEachPropertyThatTheCodeReads() throws IOException {
        TreeSet<String> read = new TreeSet<>();
        for (Path source : sources()) {
            matches(PROPERTY_IN_CODE, Files.readString(source)).forEach(found -> read.add(found.group(1)));
        }

        assertThat(matches(PROPERTY_IN_TABLE, Files.readString(README)).stream().map(found -> found.group(1)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "server-config/README.md"})
    void eachLinkLeadsToAFileOrAHeading(String page) throws IOException {
        Path file = Path.of(page);
        String text = Files.readString(file);
        List<String> headings = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "#")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace(' ', '-'))
                .toList();

        for (MatchResult link : matches(LINK, text)) {
            String target = link.group(1);
            if (target.startsWith("#")) {
                assertThat(headings).contains(target);
            } else if (!target.startsWith("https:")) {
                assertThat(file.resolveSibling(target)).exists();
            }
        }
    }

    private static String region(Path file, String name) throws IOException {
        String source = Files.readString(file);
        Matcher region = Pattern.compile(
                        "^ *// region " + name + "\n(.*?)^ *// endregion$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(source);
        assertThat(region.find()).as("region %s in %s", name, file).isTrue();
        return region.group(1).stripTrailing().stripIndent() + "\n"; // an empty last line would count as indentation
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
