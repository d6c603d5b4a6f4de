package io.github.cdimessages.internal.revocation;

import io.github.cdimessages.IdentityResolver;
import org.jspecify.annotations.Nullable;

/**
 * What the application has to say who somebody is.
 *
 * @param bean the application's bean, or null
 */
public record Resolver(@Nullable IdentityResolver bean) {}
