package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.MessageType;

/** A message that nobody asks for by its class: only its annotation makes it known. */
@MessageType("memo")
public record Memo(String text) {}
