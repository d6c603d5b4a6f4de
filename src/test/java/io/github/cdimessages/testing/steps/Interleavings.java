package io.github.cdimessages.testing.steps;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario in every order in which its threads can take the steps of the real classes, as long as they are
 * interrupted at most so many times: few suffice to show nearly every mistake. Property {@code interleavings.more} adds
 * to them.
 */
public final class Interleavings {
    private static final int MORE = Integer.getInteger("interleavings.more", 0);

    private Interleavings() {}

    /** Tries all orders and gives how many they were; fails with the steps of the first that goes wrong. */
    public static int tried(Class<? extends Scenario> scenario, int interruptions, Class<?>... stepped) {
        Set<String> names = Stream.of(stepped).map(Class::getName).collect(Collectors.toSet());
        Decisions decisions = new Decisions(interruptions + MORE);
        try {
            Constructor<?> maker = new SteppedLoader(scenario, names)
                    .loadClass(scenario.getName())
                    .getDeclaredConstructor();
            maker.setAccessible(true);
            int runs = 0;
            do {
                runs++;
                if (problem(maker, decisions, null) != null) {
                    throw explained(maker, decisions, runs);
                }
            } while (decisions.advance());
            return runs;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(scenario + " can't be made", e);
        }
    }

    private static @Nullable Throwable problem(Constructor<?> maker, Decisions decisions, @Nullable List<String> trace)
            throws ReflectiveOperationException {
        Scenario scenario = (Scenario) maker.newInstance();
        Throwable problem = new Steps(decisions, trace).run(scenario.threads());
        if (problem != null) {
            return problem;
        }
        try {
            scenario.verify();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static AssertionError explained(Constructor<?> maker, Decisions decisions, int runs)
            throws ReflectiveOperationException {
        decisions.rewind();
        List<String> trace = new ArrayList<>();
        Throwable problem = problem(maker, decisions, trace);
        return new AssertionError("order " + runs + " goes wrong:\n" + String.join("\n", trace), problem);
    }
}
