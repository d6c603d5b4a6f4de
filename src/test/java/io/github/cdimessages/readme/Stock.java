package io.github.cdimessages.readme;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

// region application-wide
@ApplicationScoped
public class Stock {
    private final Set<Long> reserved = ConcurrentHashMap.newKeySet();

    @Inject
    @ApplicationWide
    Messages messages;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        messages.addListener("orders", OrderPlaced.class, order -> reserved.add(order.id()));
    }

    public boolean isReserved(long id) {
        return reserved.contains(id);
    }
}
// endregion
