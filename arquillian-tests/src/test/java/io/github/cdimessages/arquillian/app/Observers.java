package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.DeliveryFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** The observers of an application. */
@ApplicationScoped
public class Observers {
    @Inject
    Heard heard;

    void onNote(@Observes @Channel("observed") Note note) {
        heard.add("observer of notes", note.text());
    }

    void onEvent(@Observes @Channel("observed") ChannelEvent event) {
        heard.add("observer of the channel", event.payload(Note.class).text());
    }

    void onNoteAsync(@ObservesAsync @Channel("observed") Note note) {
        heard.add("asynchronous observer of notes", note.text());
    }

    void onUnqualified(@Observes Note note) {
        heard.add("unqualified observer", note.text());
    }

    void onFailure(@Observes DeliveryFailure failure) {
        heard.add("failures of " + failure.channel(), String.valueOf(failure.cause()));
    }
}
