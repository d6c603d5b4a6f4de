package io.github.cdimessages.demo;

/** Somebody who has a page open. */
public record Person(String id, String name, String room, String node) {}
