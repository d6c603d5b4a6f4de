import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says how many tests ran, here and in the consumers, and what failed: {@code java .mvn/TestCount.java <folder> [<start
 * of the build>]}. On CI a run without tests and a skipped test are failures, because nobody would notice them there.
 */
final class TestCount {
    private TestCount() {}

    public static void main(String... args) throws Exception {
        Instant start = args.length > 1 ? Instant.parse(args[1]) : Instant.MIN;
        long tests = 0;
        long failed = 0;
        long skipped = 0;
        for (Path report : reports(Path.of(args[0]), start)) {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            tests += number(suite, "tests");
            failed += number(suite, "failures") + number(suite, "errors");
            skipped += number(suite, "skipped");
            tellFailures(suite);
        }
        System.out.printf("%d passed, %d failed, %d skipped%n", tests - failed - skipped, failed, skipped);
        if ("true".equals(System.getenv("CI")) && (tests == 0 || skipped > 0)) {
            System.err.println(tests == 0 ? "no test ran" : "CI=true: no test may be skipped");
            System.exit(1);
        }
    }

    /** Names what failed and why once more: a long log is kept by its end alone. */
    private static void tellFailures(Element suite) {
        for (String kind : List.of("failure", "error")) {
            NodeList problems = suite.getElementsByTagName(kind);
            for (int i = 0; i < problems.getLength(); i++) {
                Element problem = (Element) problems.item(i);
                Element test = (Element) problem.getParentNode();
                String trace = withoutForeignFrames(text(problem));
                System.out.printf("%s.%s: %s%n", test.getAttribute("classname"), test.getAttribute("name"), trace);
            }
        }
    }

    private static String text(Element problem) {
        String trace = problem.getTextContent();
        return trace.isBlank() ? problem.getAttribute("message") : trace;
    }

    private static String withoutForeignFrames(String trace) {
        return trace.strip()
                .lines()
                .filter(line -> !line.startsWith("\tat ") || line.contains("cdimessages"))
                .limit(50)
                .collect(Collectors.joining("\n"));
    }

    /** The reports of this build; what an earlier one left behind does not count. */
    private static List<Path> reports(Path folder, Instant start) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(file -> file.getParent().getFileName().toString().matches("(surefire|failsafe)-reports"))
                    .filter(file -> !written(file).isBefore(start))
                    .toList();
        }
    }

    private static Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Element suite, String attribute) {
        return Long.parseLong(suite.getAttribute(attribute));
    }
}
