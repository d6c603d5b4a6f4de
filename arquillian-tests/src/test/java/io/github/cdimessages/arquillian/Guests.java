package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Deploys and undeploys applications while the server runs and another application stays. Arquillian can do that on
 * WildFly; its adapter for Payara Micro starts a process for each deployment and ends it for an undeployment.
 */
final class Guests {
    private static final boolean BY_HOST = "payara-micro".equals(System.getProperty("arquillian.launch"));

    // Mutable state: owned by the test's thread
    private final Set<String> deployed = new HashSet<>();

    private final Remote host;
    private final Deployer deployer;

    Guests(Remote host, Deployer deployer) {
        this.host = host;
        this.deployer = deployer;
    }

    /** Deploys what the test declares by this name. */
    Remote deploy(String name, Archive<?> war) {
        deployed.add(name);
        if (BY_HOST) {
            host.send("PUT", "host?name=" + name + "&war=" + exported(name, war));
        } else {
            deployer.deploy(name);
        }
        return host.sibling(name);
    }

    /** Tries to deploy what the server can't start; Payara Micro says so in its log alone. */
    void refuse(String name, Archive<?> war) {
        try {
            deploy(name, war);
            assertThat(BY_HOST).as("the server has started it").isTrue();
        } catch (Exception e) {
            return; // each server has a class of its own for it
        } finally {
            deployed.remove(name);
        }
    }

    void undeploy(String name) {
        deployed.remove(name);
        if (BY_HOST) {
            host.send("DELETE", "host?name=" + name);
        } else {
            deployer.undeploy(name);
        }
    }

    /** What a failed test has left. */
    void undeployAll() {
        Set.copyOf(deployed).forEach(this::undeploy);
    }

    private static String exported(String name, Archive<?> war) {
        try {
            File file = File.createTempFile(name, ".war");
            file.deleteOnExit();
            war.as(ZipExporter.class).exportTo(file, true);
            return URLEncoder.encode(file.getPath(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
