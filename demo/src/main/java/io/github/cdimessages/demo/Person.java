package io.github.cdimessages.demo;

/** A page that somebody has open; {@code name} is that of the login. */
public record Person(String id, String name, String room, String node) {}
