package io.github.cdimessages.demo;

import io.github.cdimessages.demo.exchange.PostServlet;
import io.github.cdimessages.demo.launcher.Cluster;
import io.github.cdimessages.demo.launcher.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests the two servers with the chat and the exchange, and browsers; they are started once for all test classes
 * and stopped after the last.
 */
final class TwoServers implements ParameterResolver {
    private static final Map<Class<?>, Supplier<?>> MADE =
            Map.of(Cluster.class, TwoServers::start, Browsers.class, Browsers::new);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return MADE.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getRoot()
                .getStore(Namespace.create(TwoServers.class))
                .computeIfAbsent(type, key -> MADE.get(type).get());
    }

    private static Cluster start() {
        Settings settings = Settings.of(true);
        Path chat = settings.wars().get(0);
        Path libraries = Path.of(chat.toString().replaceFirst("\\.war$", ""), "WEB-INF", "lib");
        Path exchange = chat.resolveSibling("exchange.war");
        ShrinkWrap.create(WebArchive.class)
                .addPackage(PostServlet.class.getPackage())
                .addAsLibraries(libraries.toFile().listFiles())
                .addAsResource(
                        new StringAsset("messages.redis.prefix=exchange\nmessages.redis.post-timeout=60s\n"),
                        "META-INF/microprofile-config.properties")
                .as(ZipExporter.class)
                .exportTo(exchange.toFile(), true);
        return Cluster.start(settings.with(exchange));
    }
}
