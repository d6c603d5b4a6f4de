package io.github.cdimessages.demo.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Payara Micro: one jar, which unpacks what it needs into its folder. */
record PayaraMicro(Path jar) implements Server {
    private static final Pattern REFUSED = Pattern.compile("Exception while \\w+ the app");

    /** Without this it listens to the whole network. */
    private static final String LOOPBACK = "set configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=127.0.0.1";

    /** Lines that a person can read, without colours and certificates. */
    private static final String LOGGING = """
            handlers=java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            .level=INFO
            javax.enterprise.system.security.ssl.level=SEVERE
            """;

    PayaraMicro {
        if (Files.notExists(jar)) {
            throw new CannotStart("no Payara Micro at " + jar + "; ./mvnw -Pdemo puts it there");
        }
    }

    @Override
    public String name() {
        return "payara";
    }

    @Override
    public String title() {
        return "Payara Micro "
                + jar.getFileName().toString().replace("payara-micro-", "").replace(".jar", "");
    }

    @Override
    public void prepare(Path folder, List<Path> wars) throws IOException {
        Files.writeString(boot(folder), LOOPBACK + "\n");
        Files.writeString(logging(folder), LOGGING);
    }

    @Override
    public List<String> command(Path folder, List<Path> wars, int port, List<String> properties) {
        List<String> command = new ArrayList<>(properties);
        command.addAll(List.of(
                "-jar", jar.toString(), "--rootdir", folder.resolve("root").toString()));
        command.addAll(List.of("--prebootcommandfile", boot(folder).toString()));
        command.addAll(List.of("--logproperties", logging(folder).toString(), "--port", "" + port));
        // it needs no cluster of its own, which makes its start slower
        command.addAll(List.of("--nohazelcast", "--disablephonehome"));
        wars.forEach(war -> command.addAll(List.of("--deploy", war.toString())));
        return command;
    }

    @Override
    public Path log(Path folder) {
        return folder.resolve("log/console.log");
    }

    /** Payara Micro 6.2025.10 goes on without a war, and only its log tells. */
    @Override
    public boolean refused(Path folder) {
        try (Stream<String> lines = Files.lines(log(folder), ISO_8859_1)) {
            return lines.anyMatch(line -> REFUSED.matcher(line).find());
        } catch (IOException e) {
            return false;
        }
    }

    private static Path logging(Path folder) {
        return folder.resolve("logging.properties");
    }

    private static Path boot(Path folder) {
        return folder.resolve("boot.asadmin");
    }
}
