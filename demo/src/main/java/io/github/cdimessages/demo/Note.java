package io.github.cdimessages.demo;

/** A word to one page alone: {@code ready}, or {@code failed} with the message that did not get through and why. */
public record Note(String kind, String about, String text) {}
