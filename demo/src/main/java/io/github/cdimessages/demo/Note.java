package io.github.cdimessages.demo;

/** A word to one page alone: {@code ready}, {@code revoked}, or {@code failed} with what it is about and why. */
public record Note(String kind, String about, String text) {}
