package io.github.cdimessages.internal.bus;

import org.jspecify.annotations.Nullable;

/** What surrounds every call of application code on behalf of a session: the contexts that are active in it. */
public interface CallScope {

    /** Runs application code with the contexts active. */
    @Nullable
    Object run(Work work) throws Exception;
}
