import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses in which servers the tests run: {@code java .mvn/Servers.java <folder> <servers> <JDK 21 or newer, or any>}.
 * Writes what the invoker reads.
 */
final class Servers {
    private static final List<String> ALL =
            List.of("wildfly", "payara-micro", "payara", "payara7", "glassfish", "liberty");
    private static final List<String> NEED_NEWER = List.of("payara7", "glassfish");
    private static final int NEWER = 21;

    private Servers() {}

    public static void main(String... args) throws IOException {
        List<String> chosen = args[1].equals("all") ? ALL : List.of(args[1].split(","));
        StringBuilder jobs = new StringBuilder();
        int number = 0;
        for (String server : chosen) {
            if (!ALL.contains(server)) {
                throw new IllegalArgumentException("-Dserver=" + args[1] + ": there is no server '" + server
                        + "'; give all, or some of " + String.join(",", ALL));
            }
            String goals = "verify";
            if (NEED_NEWER.contains(server)) {
                Path newer = newer(args[2]);
                if (newer == null) {
                    System.out.println(server + " is not run: it needs a JDK " + NEWER
                            + " or newer, and none was found; give one by -Dnewer.java.home=...");
                    continue;
                }
                goals += " -Dnewer.java.home=" + newer;
            }
            number++;
            jobs.append("invoker.name.%d = inside %s%n".formatted(number, server))
                    .append("invoker.profiles.%d = %s%n".formatted(number, server))
                    .append("invoker.goals.%d = %s%n".formatted(number, goals));
        }
        if (number == 0) {
            throw new IllegalArgumentException("-Dserver=" + args[1] + ": none of these can run here");
        }
        Path file = Path.of(args[0], "arquillian-tests", "target", "invoker.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, jobs);
    }

    /**
     * The one that was given, or that runs this, or that GitHub's machines name, or that Linux has in the usual place.
     */
    private static Path newer(String given) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!given.equals("any")) {
            found.add(Path.of(given));
        } else {
            found.add(Path.of(System.getProperty("java.home")));
            System.getenv().forEach((name, value) -> {
                if (name.startsWith("JAVA_HOME")) {
                    found.add(Path.of(value));
                }
            });
            Path usual = Path.of("/usr/lib/jvm");
            if (Files.isDirectory(usual)) {
                try (Stream<Path> jdks = Files.list(usual)) {
                    jdks.sorted().forEach(found::add);
                }
            }
        }
        for (Path jdk : found) {
            if (version(jdk) >= NEWER) {
                return jdk;
            }
        }
        return null;
    }

    /** What its file {@code release} says, or 0. */
    private static int version(Path jdk) throws IOException {
        Path release = jdk.resolve("release");
        if (!Files.isRegularFile(release)) {
            return 0;
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }
}
