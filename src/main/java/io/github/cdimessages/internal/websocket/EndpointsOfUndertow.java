package io.github.cdimessages.internal.websocket;

import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * WildFly 39 makes the endpoints that it found by their annotation by CDI, and those that were registered by a
 * {@code ServerEndpointConfig} as that one's configurator wants: with Undertow's own, by their constructor.
 */
final class EndpointsOfUndertow {
    private EndpointsOfUndertow() {}

    /** Gives a warning for each that needs CDI and gets none. By reflection: no standard tells what is registered. */
    static List<String> withoutCdi(Object container) throws ReflectiveOperationException {
        List<String> warnings = new ArrayList<>();
        List<?> registered = (List<?>)
                container.getClass().getMethod("getConfiguredServerEndpoints").invoke(container);
        for (Object endpoint : registered) {
            boolean madeByCdi =
                    endpoint.getClass().getMethod("getEndpointFactory").invoke(endpoint) != null;
            ServerEndpointConfig config = (ServerEndpointConfig)
                    endpoint.getClass().getMethod("getEndpointConfiguration").invoke(endpoint);
            if (!madeByCdi && isMadeByUndertow(config) && new EndpointClass(config.getEndpointClass()).needsCdi()) {
                warnings.add(config.getEndpointClass().getName() + ", registered at " + config.getPath()
                        + " by a ServerEndpointConfig: this server makes such an endpoint without CDI, and what it"
                        + " injects will be null. Let its constructor look that up instead, as by"
                        + " CDI.current().select(Messages.class).get(), or give the ServerEndpointConfig a configurator"
                        + " whose getEndpointInstance gets the endpoint from CDI");
            }
        }
        return warnings;
    }

    private static boolean isMadeByUndertow(ServerEndpointConfig config) throws NoSuchMethodException {
        Class<?> configurator = config.getConfigurator().getClass();
        return configurator.getName().startsWith("io.undertow.") || !EndpointClass.makes(configurator);
    }
}
