package io.github.cdimessages.internal.websocket;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Open Liberty 26.0.0.3 makes an endpoint by CDI if exactly one bean has its type, else by its constructor. */
final class EndpointsOfLiberty {
    private EndpointsOfLiberty() {}

    /**
     * Gives a warning for each that needs CDI and gets none. An endpoint without annotation, in an application that has
     * a configurator which makes endpoints, gets the benefit of the doubt: it may be registered with that one.
     */
    static List<String> withoutCdi(Set<Class<?>> classes) throws NoSuchMethodException, NamingException {
        BeanManager beans = beans();
        boolean makesThemItself = false;
        for (Class<?> type : classes) {
            makesThemItself |= EndpointClass.makes(type);
        }
        List<String> warnings = new ArrayList<>();
        for (Class<?> type : classes) {
            EndpointClass endpoint = new EndpointClass(type);
            Set<Bean<?>> candidates = beans.getBeans(type);
            boolean ownWay = endpoint.isAnnotated()
                    ? EndpointClass.makes(type.getAnnotation(jakarta.websocket.server.ServerEndpoint.class)
                            .configurator())
                    : makesThemItself;
            if (endpoint.isEndpoint() && !ownWay && candidates.size() != 1 && endpoint.needsCdi()) {
                warnings.add(type.getName() + ": this server makes the endpoint without CDI, "
                        + (candidates.isEmpty()
                                ? "because it is no bean"
                                : "because " + candidates.size() + " beans have its type")
                        + ". What it injects will be null, and its callbacks will belong to no session. "
                        + (candidates.isEmpty()
                                ? "Annotate it with @Dependent"
                                : "Let no bean extend it: move what they share to a class that is no bean"));
            }
        }
        return warnings;
    }

    /** The web module's own: where the library lies in an EAR's lib folder, the library's sees no bean of a WAR. */
    @SuppressWarnings("BanJNDI") // the name is the platform's
    private static BeanManager beans() throws NamingException {
        return InitialContext.doLookup("java:comp/BeanManager");
    }
}
