package io.github.cdimessages.demo;

/** What a page hands in when its person presses Enter. */
public record Draft(String id, String text, long sentAt) {}
