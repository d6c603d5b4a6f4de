/**
 * The seams: what a program may replace by a bean of its own.
 *
 * <pre>{@code
 * @Alternative @Priority(APPLICATION) @ApplicationScoped
 * public class JacksonCodec implements MessageCodec { … }
 * }</pre>
 *
 * <p>Start at {@link io.github.cdimessages.spi.MessageCodec}.
 */
@NullMarked
package io.github.cdimessages.spi;

import org.jspecify.annotations.NullMarked;
