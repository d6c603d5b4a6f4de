import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says in which servers the tests passed, by the reports of this build: {@code java .mvn/ServerTable.java <folder>
 * <start of the build>}.
 */
final class ServerTable {
    private static final List<String> ALL = List.of("wildfly", "payara-micro", "payara", "payara7", "glassfish");

    private ServerTable() {}

    public static void main(String... args) throws Exception {
        Instant start = Instant.parse(args[1]);
        System.out.println("| server | Jakarta EE | JDK | passed | failed |");
        System.out.println("| --- | --- | --- | --- | --- |");
        for (String server : ALL) {
            System.out.println(row(server, Path.of(args[0], "arquillian-tests", "target", server), start));
        }
    }

    private static String row(String server, Path target, Instant start) throws Exception {
        Map<String, String> run = new HashMap<>();
        long tests = 0;
        long failed = 0;
        File[] reports = target.resolve("surefire-reports").toFile().listFiles((dir, name) -> name.endsWith(".xml"));
        for (File report : reports == null ? new File[0] : reports) {
            if (Instant.ofEpochMilli(report.lastModified()).isBefore(start)) {
                continue;
            }
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
                ? "| %s | | | not run | |".formatted(server)
                : "| %s | %s | %s | %d | %d |"
                        .formatted(
                                version(server, run),
                                run.get("server.ee"),
                                jdk(Path.of(run.get("server.java.home"))),
                                tests - failed,
                                failed);
    }

    /** The name of what was unpacked: it ends with the version. */
    private static String version(String server, Map<String, String> run) {
        return switch (server) {
            case "wildfly" -> Path.of(run.get("wildfly.home")).getFileName().toString();
            case "payara-micro" ->
                Path.of(run.get("payara-micro.jar")).getFileName().toString().replace(".jar", "");
            default -> Path.of(run.get("server.home")).getParent().getFileName().toString();
        };
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
