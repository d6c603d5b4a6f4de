package io.github.cdimessages.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts of {@code server-config} for the server under test, run as their first lines tell. */
final class Script {
    /** Where a colon divides values, there are backslashes in front of one that is part of a value. */
    private static final Pattern ADDRESS = Pattern.compile("localhost(\\\\{0,2}:)6379");

    private static final String SERVER = System.getProperty("arquillian.launch");

    private Script() {}

    /** Tells a server that runs where Redis is, and its name. */
    static void setUp() {
        switch (SERVER) {
            case "wildfly" -> Command.jbossCli("--file=" + edited("wildfly/redis.cli"));
            case "payara", "payara7" -> Command.asadmin("multimode", "--file=" + edited("payara/redis.asadmin"));
            case "glassfish" -> Command.asadmin("multimode", "--file=" + edited("glassfish/redis.asadmin"));
            default -> throw new IllegalStateException(SERVER);
        }
    }

    /** Takes that back. */
    static void undo() {
        switch (SERVER) {
            case "wildfly" -> Command.jbossCli("--file=" + original("wildfly/undo-redis.cli"));
            case "payara", "payara7" -> Command.asadmin("multimode", "--file=" + original("payara/undo-redis.asadmin"));
            case "glassfish" -> Command.asadmin("multimode", "--file=" + original("glassfish/undo-redis.asadmin"));
            default -> throw new IllegalStateException(SERVER);
        }
    }

    /** Puts it where Payara Micro is told to find it, in arquillian.xml. */
    static void forMicro() {
        edited("payara/redis-micro.asadmin");
    }

    /** Gives the {@code server.xml} of Open Liberty. */
    static Path forLiberty() {
        return edited("liberty/server.xml");
    }

    /** With the address of the Redis that is there. */
    private static Path edited(String script) {
        try {
            String text = Files.readString(original(script));
            Matcher address = ADDRESS.matcher(text);
            if (!address.find()) {
                throw new IllegalStateException(script + " does not name localhost:6379");
            }
            Path work = Files.createDirectories(Path.of(System.getProperty("server.scripts")));
            return Files.writeString(
                    work.resolve(Path.of(script).getFileName()),
                    address.replaceAll(found ->
                            Matcher.quoteReplacement("127.0.0.1" + found.group(1) + System.getProperty("redis.port"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path original(String script) {
        return Path.of(System.getProperty("server.config"), script);
    }
}
