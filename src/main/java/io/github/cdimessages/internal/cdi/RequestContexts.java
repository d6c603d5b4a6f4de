package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.internal.bus.CallScope;
import io.github.cdimessages.internal.bus.Work;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes a request context active around each call of application code, where none is. */
class RequestContexts implements CallScope {
    private final Instance<RequestContextController> controllers;

    // Mutable state: concurrent. A controller serves one activation at a time and is costly to make; there are never
    // more
    // than threads that were in such calls at once
    private final Queue<RequestContextController> idle = new ConcurrentLinkedQueue<>();

    @Inject
    RequestContexts(Instance<RequestContextController> controllers) {
        this.controllers = controllers;
    }

    @Override
    public @Nullable Object run(Work work) throws Exception {
        RequestContextController pooled = idle.poll();
        RequestContextController controller = pooled == null ? controllers.get() : pooled;
        boolean activated = controller.activate();
        try {
            return work.run();
        } finally {
            if (activated) {
                controller.deactivate();
            }
            idle.add(controller);
        }
    }
}
