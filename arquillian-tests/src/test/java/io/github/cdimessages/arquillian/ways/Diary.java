package io.github.cdimessages.arquillian.ways;

import io.github.cdimessages.Messages;
import io.github.cdimessages.arquillian.app.Heard;
import io.github.cdimessages.arquillian.app.Ledger;
import io.github.cdimessages.arquillian.app.Note;
import io.github.cdimessages.arquillian.app.OfConnection;
import io.github.cdimessages.arquillian.app.OfRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Listens for an endpoint, and writes down which beans its callbacks and its listener meet. */
@ApplicationScoped
public class Diary {
    @Inject
    Messages messages;

    @Inject
    OfConnection ofConnection;

    @Inject
    OfRequest ofRequest;

    @Inject
    Ledger ledger;

    @Inject
    Heard heard;

    void listen(String room) {
        messages.addListener(room, Note.class, note -> write(room, "listener"));
    }

    void write(String room, String where) {
        String first = ofRequest.id();
        heard.add(
                room,
                String.join(
                        " ",
                        where,
                        ofConnection.id(),
                        first,
                        first.equals(ofRequest.id()) ? "same" : "another",
                        ledger.inTransaction() ? "transaction" : "none"));
    }
}
