package io.github.cdimessages.demo.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the demo runs with: a port for each server, and the chat first of the wars. */
public record Settings(List<Server> servers, List<Path> wars, Path work, List<Integer> ports) {

    /** Reads system properties and checks what a person may have to put right. */
    public static Settings of(boolean anyPort) {
        if (Runtime.version().feature() < 17) {
            throw new CannotStart("this is JDK " + Runtime.version().feature()
                    + "; set JAVA_HOME to a JDK 17 or newer and start again");
        }
        Settings settings = new Settings(
                List.of(new WildFly(path("wildfly.home")), new PayaraMicro(path("payara-micro.jar"))),
                List.of(path("demo.war")),
                path("demo.work"),
                anyPort ? List.of(Ports.free(), Ports.free()) : ports(System.getProperty("demo.ports", "8080,8081")));
        settings.ports().forEach(Ports::requireFree);
        return settings;
    }

    /** The same with another application beside the chat. */
    public Settings with(Path war) {
        return new Settings(
                servers, Stream.concat(wars.stream(), Stream.of(war)).toList(), work, ports);
    }

    private static Path path(String property) {
        String path = System.getProperty(property);
        if (path == null) {
            throw new CannotStart("property '" + property + "' is not set; start the demo with ./mvnw -Pdemo");
        }
        return Path.of(path).toAbsolutePath();
    }

    private static List<Integer> ports(String text) {
        try {
            List<Integer> ports = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .filter(port -> port > 0 && port < 65_536)
                    .distinct()
                    .toList();
            if (ports.size() == 2) {
                return ports;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that serves both cases
        }
        throw new CannotStart("-Ddemo.ports=" + text + " is not two ports; write for example -Ddemo.ports=8180,8181");
    }
}
