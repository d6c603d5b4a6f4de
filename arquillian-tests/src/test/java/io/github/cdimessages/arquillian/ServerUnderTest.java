package io.github.cdimessages.arquillian;

import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Starts the servers whose Arquillian adapters can't give them ports and settings of their own. */
public final class ServerUnderTest implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        switch (System.getProperty("arquillian.launch")) {
            case "payara", "payara7", "glassfish" -> builder.observer(OfDomain.class);
            default -> {}
        }
    }

    /** Ends with this process at the latest. */
    static final class OfDomain {
        private final Domain domain = new Domain();
        private final Thread atExit = new Thread(domain::stop);

        void start(@Observes BeforeStart event) {
            String launched = System.getProperty("arquillian.launch");
            Runtime.getRuntime().addShutdownHook(atExit);
            domain.start((launched.equals("glassfish") ? "glassfish" : "payara") + "/redis.asadmin");
        }

        void stop(@Observes AfterStop event) {
            Runtime.getRuntime().removeShutdownHook(atExit);
            domain.stop();
        }
    }
}
