package io.github.cdimessages.internal.bus;

import org.jspecify.annotations.Nullable;

/** Application code that is run on behalf of a session. */
@FunctionalInterface
public interface Work {

    /** Runs it; gives what a callback returns to its caller. */
    @Nullable
    Object run() throws Exception;
}
