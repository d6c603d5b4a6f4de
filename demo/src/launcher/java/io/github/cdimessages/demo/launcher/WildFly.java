package io.github.cdimessages.demo.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** WildFly: a configuration of its own, and the wars in its deployments. */
record WildFly(Path home) implements Server {
    private static final String SECURITY = "jakarta-security.yml";

    /** What WildFly's own bin/common.sh opens for it. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    WildFly {
        if (Files.notExists(home.resolve("jboss-modules.jar"))) {
            throw new CannotStart(
                    "no WildFly in " + home + "; delete that folder, then ./mvnw -Pdemo unpacks it again");
        }
    }

    @Override
    public String name() {
        return "wildfly";
    }

    @Override
    public String title() {
        return "WildFly " + home.getFileName().toString().replace("wildfly-", "");
    }

    @Override
    public void prepare(Path folder, List<Path> wars) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("configuration"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        try (InputStream security = WildFly.class.getResourceAsStream('/' + SECURITY)) {
            Files.copy(security, configuration.resolve(SECURITY));
        }
        Path deployments = Files.createDirectories(folder.resolve("deployments"));
        for (Path war : wars) {
            Files.copy(war, deployments.resolve(war.getFileName()));
        }
    }

    @Override
    public List<String> command(Path folder, List<Path> wars, int port, List<String> properties) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("-D[Standalone]", "-Djboss.modules.system.pkgs=org.jboss.byteman"));
        command.addAll(OPENED);
        command.add("-Dorg.jboss.boot.log.file=" + log(folder));
        command.add("-Dlogging.configuration="
                + folder.resolve("configuration/logging.properties").toUri());
        command.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
        command.add("-Djboss.home.dir=" + home);
        command.add("-Djboss.server.base.dir=" + folder);
        command.addAll(List.of("-b", "127.0.0.1", "-bmanagement", "127.0.0.1"));
        command.addAll(List.of("-Djboss.node.name=" + name(), "-Djboss.tx.node.id=" + name()));
        command.add("-Djboss.http.port=" + port);
        command.add("-Djboss.https.port=" + Ports.free());
        command.add("-Djboss.management.http.port=" + Ports.free());
        command.add("--yaml=" + folder.resolve("configuration").resolve(SECURITY));
        command.addAll(properties);
        return command;
    }

    @Override
    public Path log(Path folder) {
        return folder.resolve("log/server.log");
    }

    @Override
    public boolean refused(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("deployments"))) {
            return files.anyMatch(file -> file.toString().endsWith(".failed"));
        } catch (IOException e) {
            return false;
        }
    }
}
