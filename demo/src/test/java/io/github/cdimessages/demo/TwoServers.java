package io.github.cdimessages.demo;

import io.github.cdimessages.demo.launcher.Cluster;
import io.github.cdimessages.demo.launcher.Settings;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the two servers; they are started once for all test classes and stopped after the last. */
final class TwoServers implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(TwoServers.class))
                .computeIfAbsent(Cluster.class, key -> Cluster.start(Settings.of(true)), Cluster.class);
    }
}
