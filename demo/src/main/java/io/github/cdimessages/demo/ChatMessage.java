package io.github.cdimessages.demo;

import io.github.cdimessages.MessageType;

/** What a person said; {@code sentAt} is the clock of the page it was typed in, in milliseconds. */
@MessageType("chat.message")
public record ChatMessage(String id, String name, String text, String node, long sentAt) {}
