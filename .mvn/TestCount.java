import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Says how many tests ran, here and in the consumers: {@code java .mvn/TestCount.java <folder> [<start of the build>]}.
 * On CI a run without tests and a skipped test are failures, because nobody would notice them there.
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
        }
        System.out.printf("%d passed, %d failed, %d skipped%n", tests - failed - skipped, failed, skipped);
        if ("true".equals(System.getenv("CI")) && (tests == 0 || skipped > 0)) {
            System.err.println(tests == 0 ? "no test ran" : "CI=true: no test may be skipped");
            System.exit(1);
        }
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
