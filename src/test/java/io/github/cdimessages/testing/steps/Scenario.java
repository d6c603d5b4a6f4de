package io.github.cdimessages.testing.steps;

import java.util.List;

/** What is tried in every order: made anew for each one by a constructor that takes nothing. */
public interface Scenario {

    /** What runs concurrently. It may start more by {@link Steps#start}. */
    List<Runnable> threads();

    /** Called when all threads have come to their end; throws if that was not as it should be. */
    void verify();
}
