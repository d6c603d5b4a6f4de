package io.github.cdimessages.demo;

import java.util.List;
import java.util.Map;

/**
 * Who is in a room, or in all of them, and how many are in each; {@code linked} says whether this server hears the
 * others.
 */
public record People(List<Person> here, Map<String, Long> rooms, List<String> nodes, boolean linked) {}
