package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.RequiresScope;
import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.stream.Stream;

/** What the class of an endpoint tells of itself. */
record EndpointClass(Class<?> type) {

    /** Whether a server may make objects of it for its connections. */
    boolean isEndpoint() {
        return !Modifier.isAbstract(type.getModifiers()) && (isAnnotated() || Endpoint.class.isAssignableFrom(type));
    }

    boolean isAnnotated() {
        return type.isAnnotationPresent(ServerEndpoint.class);
    }

    /** Whether it does not work without CDI: it injects, or wants its users checked. */
    boolean needsCdi() {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .anyMatch(above -> (isAnnotated() && above.isAnnotationPresent(RequiresScope.class))
                        || injects(above.getDeclaredFields())
                        || injects(above.getDeclaredMethods())
                        || injects(above.getDeclaredConstructors()));
    }

    /** Whether a configurator decides by itself how endpoints are made. */
    static boolean makes(Class<?> configurator) throws NoSuchMethodException {
        return Configurator.class.isAssignableFrom(configurator)
                && configurator.getMethod("getEndpointInstance", Class.class).getDeclaringClass() != Configurator.class;
    }

    private static boolean injects(AnnotatedElement... members) {
        return Stream.of(members).anyMatch(member -> member.isAnnotationPresent(Inject.class));
    }
}
