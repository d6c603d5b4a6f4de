package io.github.cdimessages.arquillian.app;

/** A message that listeners ask for by its class. */
public record Note(String text) {}
