package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.IdentityResolver;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.spi.MessageCodec;
import io.github.cdimessages.spi.Transport;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beans that an application may have for the library. Payara Micro 6 hides those in WEB-INF/classes from injection
 * points in a jar, so they are collected at deployment.
 */
final class ApplicationBeans {
    private static final List<Class<?>> TYPES = List.of(IdentityResolver.class, MessageCodec.class, Transport.class);

    // Mutable state: owned by the thread that deploys, and read afterwards
    private final Set<Bean<?>> found = new HashSet<>();

    void consider(Bean<?> bean) {
        if (TYPES.stream().anyMatch(bean.getTypes()::contains)
                && bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            found.add(bean);
        }
    }

    /** Throws what is wrong with them. */
    void check(BeanManager beans) {
        TYPES.forEach(type -> resolve(beans, type));
    }

    /** Gives the one that applies, or null; one that is dependent lives as long as the application. */
    <T> @Nullable T find(BeanManager beans, Class<T> type) {
        Bean<?> bean = resolve(beans, type);
        return bean == null ? null : type.cast(beans.getReference(bean, type, beans.createCreationalContext(bean)));
    }

    private @Nullable Bean<?> resolve(BeanManager beans, Class<?> type) {
        Set<Bean<?>> candidates = new HashSet<>(found);
        candidates.removeIf(bean -> !bean.getTypes().contains(type));
        try {
            return beans.resolve(candidates);
        } catch (AmbiguousResolutionException e) {
            throw new MessagesException(
                    candidates.stream()
                                    .map(bean -> bean.getBeanClass().getName())
                                    .sorted()
                                    .toList()
                            + " are all beans of type " + type.getSimpleName()
                            + "; leave one, or make one an @Alternative with a @Priority",
                    e);
        }
    }
}
