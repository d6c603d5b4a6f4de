package io.github.cdimessages.demo;

import io.github.cdimessages.MessageType;

/** Somebody {@code came} or {@code left}, was {@code lost} with the server, or {@code revoked} in all rooms. */
@MessageType("chat.activity")
public record Activity(String what, String name, String room, String node, long at) {}
