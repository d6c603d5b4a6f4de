import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says in which servers the tests passed, by the reports of this build, and writes it into the README, except on CI:
 * {@code java .mvn/ServerTable.java <folder> <start of the build>}. A row there is of the server's last run that found
 * something else than the run before; servers that did not run keep theirs.
 */
final class ServerTable {
    private static final Map<String, String> NAMES = Map.of(
            "wildfly", "WildFly",
            "payara-micro", "Payara Micro",
            "payara", "Payara Server",
            "payara7", "Payara Server",
            "glassfish", "GlassFish",
            "liberty", "Open Liberty");
    private static final List<String> ALL =
            List.of("wildfly", "payara-micro", "payara", "payara7", "glassfish", "liberty");

    private static final String HEAD = "| server | `-Dserver` | Jakarta EE | JDK | passed | failed | run on |";
    private static final String LINE = "| --- | --- | --- | --- | --- | --- | --- |";
    private static final String NOT_RUN = "| %s | `%s` | | | not run | | |";
    private static final String BEGIN = "<!-- servers: written by ./mvnw verify -->";
    private static final String END = "<!-- end of servers -->";

    private ServerTable() {}

    public static void main(String... args) throws Exception {
        Path folder = Path.of(args[0]);
        Instant start = Instant.parse(args[1]);
        Map<String, String> rows = new HashMap<>();
        System.out.println(HEAD + "\n" + LINE);
        for (String server : ALL) {
            Optional<String> row = row(server, folder.resolve("arquillian-tests/target/" + server), start);
            row.ifPresent(found -> rows.put(server, found));
            System.out.println(row.orElseGet(() -> NOT_RUN.formatted(NAMES.get(server), server)));
        }
        if (!"true".equals(System.getenv("CI"))) {
            write(folder.resolve("README.md"), rows);
        }
    }

    private static Optional<String> row(String server, Path target, Instant start) throws Exception {
        Map<String, String> run = new HashMap<>();
        long tests = 0;
        long failed = 0;
        Instant last = Instant.MIN;
        File[] reports = target.resolve("surefire-reports").toFile().listFiles((dir, name) -> name.endsWith(".xml"));
        for (File report : reports == null ? new File[0] : reports) {
            Instant written = Instant.ofEpochMilli(report.lastModified());
            if (written.isBefore(start)) {
                continue;
            }
            last = last.isBefore(written) ? written : last;
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report)
                    .getDocumentElement();
            tests += number(suite, "tests") - number(suite, "skipped");
            failed += number(suite, "failures") + number(suite, "errors");
            NodeList properties = suite.getElementsByTagName("property");
            for (int i = 0; i < properties.getLength(); i++) {
                Element property = (Element) properties.item(i);
                run.put(property.getAttribute("name"), property.getAttribute("value"));
            }
        }
        return tests == 0
                ? Optional.empty()
                : Optional.of("| %s %s | `%s` | %s | %s | %d | %d | %s |"
                        .formatted(
                                NAMES.get(server),
                                version(server, run),
                                server,
                                run.get("server.ee"),
                                jdk(Path.of(run.get("server.java.home"))),
                                tests - failed,
                                failed,
                                last.atZone(ZoneOffset.UTC).toLocalDate()));
    }

    /** What was unpacked has a name that ends with the version. */
    private static String version(String server, Map<String, String> run) {
        Path unpacked = switch (server) {
            case "wildfly" -> Path.of(run.get("wildfly.home"));
            case "payara-micro" -> Path.of(run.get("payara-micro.jar").replaceAll("\\.jar$", ""));
            default -> Path.of(run.get("server.home")).getParent();
        };
        return unpacked.getFileName().toString().substring(server.length() + 1);
    }

    private static void write(Path readme, Map<String, String> rows) throws IOException {
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(readme + ": the table of servers stands between '" + BEGIN + "' and '" + END
                    + "'; put both lines back");
        }
        List<String> old = text.substring(begin, end).lines().toList();
        List<String> table = new ArrayList<>(List.of(BEGIN, HEAD, LINE));
        for (String server : ALL) {
            Optional<String> before = old.stream()
                    .filter(row -> row.contains("| `" + server + "` |"))
                    .findFirst();
            String now = rows.get(server);
            table.add(
                    now == null || before.isPresent() && sameResult(before.get(), now)
                            ? before.orElseGet(() -> NOT_RUN.formatted(NAMES.get(server), server))
                            : now);
        }
        String written = text.substring(0, begin) + String.join("\n", table) + "\n" + text.substring(end);
        if (!written.equals(text)) {
            Files.writeString(readme, written);
        }
    }

    /** Whether two rows differ in the date alone. */
    private static boolean sameResult(String one, String other) {
        return withoutDate(one).equals(withoutDate(other));
    }

    private static String withoutDate(String row) {
        return row.substring(0, row.lastIndexOf('|', row.length() - 2));
    }

    private static String jdk(Path home) throws IOException {
        return Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", ""))
                .findFirst()
                .orElse("?");
    }

    private static long number(Element suite, String attribute) {
        return Long.parseLong(suite.getAttribute(attribute));
    }
}
