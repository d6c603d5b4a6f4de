package io.github.cdimessages.chaos;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.InboxOverflow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bean of each node that remembers what was announced there. */
@ApplicationScoped
public class Announced {
    // Mutable state: concurrent
    private final List<ChannelGap> gaps = new CopyOnWriteArrayList<>();
    private final List<InboxOverflow> overflows = new CopyOnWriteArrayList<>();

    void onGap(@Observes ChannelGap gap) {
        gaps.add(gap);
    }

    void onOverflow(@Observes InboxOverflow overflow) {
        overflows.add(overflow);
    }

    public List<ChannelGap> gaps() {
        return List.copyOf(gaps);
    }

    public List<InboxOverflow> overflows() {
        return List.copyOf(overflows);
    }

    public void forget() {
        gaps.clear();
        overflows.clear();
    }
}
