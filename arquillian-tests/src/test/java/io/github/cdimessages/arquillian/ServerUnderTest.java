package io.github.cdimessages.arquillian;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.container.spi.event.container.AfterStart;
import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.container.spi.event.container.BeforeSetup;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Sets the servers up by the scripts of {@code server-config}, and starts those to which Arquillian's adapters can't
 * give ports of their own.
 */
public final class ServerUnderTest implements LoadableExtension {
    private static final String NAME = System.getProperty("arquillian.launch");
    private static final boolean IS_LIBERTY = "liberty".equals(NAME);
    private static final boolean IS_GLASSFISH = "glassfish".equals(NAME);
    private static final boolean IS_PAYARA = NAME.startsWith("payara");

    /** Open Liberty 26.0.0.3 tells a client that its session is closed after {@code @OnClose}, others before. */
    static final boolean CLOSES_WHILE_A_CALLBACK_WAITS = !IS_LIBERTY;

    /**
     * Open Liberty 26.0.0.3 takes one extension once in an ear: with a copy in each war, it does not find the library's
     * beans in all of them. GlassFish 8.0.0 has one CDI container for both and gives both copies the same identifier.
     */
    static final boolean TAKES_A_LIBRARY_IN_EACH_WAR = !IS_LIBERTY && !IS_GLASSFISH;

    /**
     * Payara 6.2025.10 and 7.2025.1 and GlassFish 8.0.0 take an EJB in an ear's {@code lib} for one of each war, and do
     * not tell CDI of it, which they ask when they make it: a {@code NullPointerException}.
     */
    static final boolean KNOWS_EJBS_IN_LIB = !IS_PAYARA && !IS_GLASSFISH;

    /** Payara 6.2025.10 and 7.2025.1 give each war in an ear a CDI container of its own. */
    static final boolean HAS_ONE_CDI_FOR_AN_EAR = !IS_PAYARA;

    /**
     * On Open Liberty 26.0.0.3, requests that came at the same time as the first handshakes were once without their
     * parameters, 6 of 1,000. Neither 30,000 without this library nor 3,000 with it, on one server, showed it again.
     */
    static final boolean KEEPS_PARAMETERS = !IS_LIBERTY;

    /**
     * Open Liberty 26.0.0.3 shows nothing by which handshakes of one user at the same time could be told apart: a
     * revocation of one login closes what connected with it at the same time, too.
     */
    static final boolean TELLS_HANDSHAKES_APART = !IS_LIBERTY;

    /**
     * Payara 6.2025.10 takes what a client says to a WebSocket that the server has just closed for its handshake once
     * more, and mixes the two up with other requests. On Payara Micro without this library, 1,000 closings on the
     * loopback address let up to 8 requests end in a {@code NullPointerException} of Grizzly, and one client of 9,000
     * heard nothing. Payara Server's log has them too.
     */
    static final boolean KEEPS_REQUESTS_APART = !IS_PAYARA;

    /**
     * Who is closed while it still connects may hear 1000 from Payara Micro 6.2025.10, and 1006 from Open Liberty
     * 26.0.0.3, by which the connection breaks, as no server may send it.
     */
    static final boolean TELLS_WHO_CONNECTS_WHY = !"payara-micro".equals(NAME) && !IS_LIBERTY;

    /** An annotated endpoint with as little else as the server needs to make it by CDI. */
    static final String PLAINEST = IS_LIBERTY ? "dependent" : "unscoped";

    /** Open Liberty 26.0.0.3 makes an endpoint without bean-defining annotation by its constructor. */
    static boolean makesByCdi(String endpoint) {
        return !IS_LIBERTY || !endpoint.startsWith("unscoped");
    }

    /** An idle thread of WildFly 39 keeps its last task, and thread-locals of applications: it ends at once then. */
    static void endIdleThreads() {
        if ("wildfly".equals(NAME)) {
            String worker = "/subsystem=io/worker=default:write-attribute";
            Command.jbossCli("--commands=" + worker + "(name=task-keepalive,value=100)," + worker
                    + "(name=task-core-threads,value=0)");
        }
    }

    @Override
    public void register(ExtensionBuilder builder) {
        switch (NAME) {
            case "wildfly" -> builder.observer(WildFly.class);
            case "payara-micro" -> builder.observer(Micro.class);
            case "payara", "payara7", "glassfish" -> builder.observer(OfDomain.class);
            case "liberty" -> builder.observer(OfLiberty.class);
            default -> {}
        }
    }

    static final class WildFly {
        void setUp(@Observes AfterStart event) {
            Script.setUp();
        }
    }

    static final class Micro {
        void setUp(@Observes BeforeStart event) {
            Script.forMicro();
        }

        /**
         * Arquillian's adapter 3.1 looks every 200 ms at what the server prints about its applications. If it has
         * printed a part by then, the adapter knows the port and no application.
         */
        void complete(@Observes AfterDeploy event, ProtocolMetaData known) {
            String root = "/" + event.getDeployment().getArchive().getName().replaceAll("\\.[a-z]+$", "");
            for (HTTPContext context : known.getContexts(HTTPContext.class)) {
                if (context.getServlets().isEmpty()) {
                    context.add(new Servlet("default", root)).add(new Servlet("ArquillianServletRunnerEE9", root));
                }
            }
        }
    }

    static final class OfLiberty {
        void make(@Observes BeforeSetup event) {
            Liberty.make();
        }
    }

    /** Ends with this process at the latest. */
    static final class OfDomain {
        private final Domain domain = new Domain();
        private final Thread atExit = new Thread(domain::stop);

        void start(@Observes BeforeStart event) {
            Runtime.getRuntime().addShutdownHook(atExit);
            domain.start();
            Script.setUp();
        }

        void stop(@Observes AfterStop event) {
            Runtime.getRuntime().removeShutdownHook(atExit);
            domain.stop();
        }
    }
}
