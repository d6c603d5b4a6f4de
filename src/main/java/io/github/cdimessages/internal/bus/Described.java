package io.github.cdimessages.internal.bus;

/** A listener that stands for something else, such as an observer method, and is called by its name in logs. */
public interface Described {

    /** What to call it. */
    String description();
}
