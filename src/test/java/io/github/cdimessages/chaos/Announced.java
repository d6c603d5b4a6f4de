package io.github.cdimessages.chaos;

import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.InboxOverflow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bean of each node that remembers what was announced there. */
@ApplicationScoped
public class Announced {
    // Mutable state: concurrent
    private final Map<ChannelGap, Long> said = Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<Gap> gaps = new CopyOnWriteArrayList<>();
    private final List<InboxOverflow> overflows = new CopyOnWriteArrayList<>();

    /** What observers have heard of, and when the library said so. */
    record Gap(ChannelGap event, long saidAt) {}

    void isSaid(ChannelGap gap, long at) {
        said.put(gap, at);
    }

    void onGap(@Observes ChannelGap gap) {
        gaps.add(new Gap(gap, said.remove(gap)));
    }

    void onOverflow(@Observes InboxOverflow overflow) {
        overflows.add(overflow);
    }

    public List<Gap> gaps() {
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
