package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.revocation.HttpLogins;
import java.util.List;

/** Adds what HTTP needs, where there is Jakarta Servlet: Weld SE alone has none. */
final class ServletWiring {
    private ServletWiring() {}

    /** Gives the beans that are to be singletons. */
    static List<Class<?>> singletons() {
        try {
            Class.forName("jakarta.servlet.http.HttpServletRequest", false, ServletWiring.class.getClassLoader());
            return List.of(HttpLogins.class);
        } catch (ClassNotFoundException e) {
            return List.of();
        }
    }
}
