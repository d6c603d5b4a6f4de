package io.github.cdimessages.readme;

import io.github.cdimessages.MessageType;

// region type
@MessageType("order-placed")
public record OrderPlaced(long id, String customer) {}
// endregion
