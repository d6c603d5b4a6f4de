package io.github.cdimessages.readme;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.InboxOverflow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@ApplicationScoped
public class Journal {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    // region observers
    void placed(@Observes @Channel("orders") OrderPlaced order) {
        log("order " + order.id());
    }

    void envelope(@Observes @Channel("orders") ChannelEvent event) {
        log(event.messageId() + " from " + event.origin() + " at " + event.postedAt() + ": " + event.json());
    }

    void everyChannel(@Observes ChannelEvent event) {
        log("something on " + event.channel());
    }
    // endregion

    // region announcements
    void failed(@Observes DeliveryFailure failure) {
        log("message " + failure.messageId() + " failed on " + failure.channel() + ": " + failure.cause());
    }

    void overflowed(@Observes InboxOverflow overflow) {
        log(overflow.dropped() + " messages dropped on " + overflow.channel());
    }

    void gap(@Observes ChannelGap gap) { // read anew what the channel keeps up to date
        log("messages may be missing on " + gap.channel() + ": " + gap.cause());
    }
    // endregion

    public List<String> lines() {
        return lines;
    }

    private void log(String line) {
        lines.add(line);
    }
}
