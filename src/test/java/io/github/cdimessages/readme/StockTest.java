package io.github.cdimessages.readme;

import static org.awaitility.Awaitility.await;

import io.github.cdimessages.Messages;
import io.github.cdimessages.internal.cdi.MessagesExtension;
import jakarta.inject.Inject;
import org.jboss.weld.junit5.auto.AddExtensions;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.Test;

// region test
@EnableAutoWeld
@AddExtensions(MessagesExtension.class)
class StockTest {
    @Inject
    Messages messages;

    @Inject
    Stock stock;

    @Test
    void anOrderIsReserved() {
        messages.postMessage("orders", new OrderPlaced(17, "Ada"));

        await().until(() -> stock.isReserved(17));
    }
}
// endregion
