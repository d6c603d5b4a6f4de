package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.IdentityResolver;
import io.github.cdimessages.MessagesException;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The application's beans that say who somebody is. Payara Micro 6 hides beans in WEB-INF/classes from injection points
 * of the library, so they are collected at deployment.
 */
final class DeclaredResolvers {
    // Mutable state: owned by the thread that deploys, and read afterwards
    private final Set<Bean<?>> found = new HashSet<>();

    void consider(Bean<?> bean) {
        if (bean.getTypes().contains(IdentityResolver.class)) {
            found.add(bean);
        }
    }

    /** Throws what is wrong with them. */
    void check(BeanManager beans) {
        try {
            beans.resolve(found);
        } catch (AmbiguousResolutionException e) {
            throw new MessagesException(
                    found.stream()
                                    .map(bean -> bean.getBeanClass().getName())
                                    .sorted()
                                    .toList()
                            + " all say who somebody is; leave one IdentityResolver, or make one an @Alternative with a"
                            + " @Priority",
                    e);
        }
    }

    /** Gives the one that applies, or null; one that is dependent lives as long as the application. */
    @Nullable
    IdentityResolver find(BeanManager beans) {
        Bean<?> bean = beans.resolve(found);
        return bean == null
                ? null
                : (IdentityResolver)
                        beans.getReference(bean, IdentityResolver.class, beans.createCreationalContext(bean));
    }
}
