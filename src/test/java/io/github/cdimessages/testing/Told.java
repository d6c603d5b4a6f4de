package io.github.cdimessages.testing;

import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.InboxOverflow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A bean of the application that remembers what was announced. */
@ApplicationScoped
public class Told {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    // Mutable state: concurrent
    private final List<DeliveryFailure> failures = new CopyOnWriteArrayList<>();
    private final List<InboxOverflow> overflows = new CopyOnWriteArrayList<>();

    void onFailure(@Observes DeliveryFailure failure) {
        failures.add(failure);
    }

    void onOverflow(@Observes InboxOverflow overflow) {
        overflows.add(overflow);
    }

    public List<DeliveryFailure> failures() {
        return List.copyOf(failures);
    }

    public DeliveryFailure awaitFailure() {
        return Awaitility.await("a failure")
                .atMost(PATIENCE)
                .until(this::failures, all -> !all.isEmpty())
                .get(0);
    }

    /** Waits until exactly so many drops were announced. */
    public void awaitDrops(long count) {
        Awaitility.await("drops announced").atMost(PATIENCE).until(this::drops, sum -> sum == count);
    }

    public long drops() {
        return overflows.stream().mapToLong(InboxOverflow::dropped).sum();
    }
}
