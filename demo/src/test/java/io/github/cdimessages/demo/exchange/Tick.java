package io.github.cdimessages.demo.exchange;

import io.github.cdimessages.MessageType;

/** One of many, in a row. */
@MessageType("tick")
public record Tick(String from, int number) {}
