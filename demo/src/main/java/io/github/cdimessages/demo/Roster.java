package io.github.cdimessages.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.cdimessages.Channel;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Knows who is here. Each server tells all servers who is on it: at once when that changes, and every three seconds. A
 * server that was killed falls silent, and its people are taken off the list.
 */
@Startup
@Singleton
public class Roster {
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String node = System.getProperty(
            "messages.node", "server-" + UUID.randomUUID().toString().substring(0, 4));

    @Inject
    Messages messages;

    // Mutable state: guarded by the container's lock of this singleton
    private final Map<String, Person> here = new HashMap<>();
    private final Map<String, Attendance> everywhere = new TreeMap<>();
    private final Map<String, Long> heardAt = new HashMap<>();

    public String node() {
        return node;
    }

    public void enter(Person person) {
        here.put(person.id(), person);
        tell();
        show();
    }

    public void leave(Person person) {
        here.remove(person.id());
        tell();
        show();
    }

    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false)
    public void beat() {
        tell();
        everywhere.values().stream().filter(this::silent).toList().forEach(this::lost);
        show();
    }

    public void hear(@Observes @Channel("attendance") Attendance attendance) {
        heardAt.put(attendance.node(), System.nanoTime());
        everywhere.put(attendance.node(), attendance);
        show();
    }

    private void tell() {
        messages.postMessage("attendance", new Attendance(node, List.copyOf(here.values())), Reach.GLOBAL);
    }

    private boolean silent(Attendance attendance) {
        return System.nanoTime() - heardAt.get(attendance.node()) > SILENT_NANOS;
    }

    private void lost(Attendance attendance) {
        everywhere.remove(attendance.node());
        if (!attendance.node().equals(node)) {
            long now = System.currentTimeMillis();
            attendance.people().stream()
                    .map(person -> new Activity("lost", person.name(), person.room(), person.node(), now))
                    .forEach(activity -> messages.postMessage("activity", activity));
        }
    }

    /**
     * Shows each room on this server who is in it, and administrators everybody; this server hears itself through Redis
     * too, or it is alone.
     */
    public void show() {
        boolean linked = everywhere.containsKey(node);
        List<Person> all = new ArrayList<>(here.values());
        others().flatMap(attendance -> attendance.people().stream()).forEach(all::add);
        all.sort(Comparator.comparing(Person::name).thenComparing(Person::id));
        Map<String, Long> rooms = all.stream().collect(groupingBy(Person::room, TreeMap::new, counting()));
        List<String> nodes = Stream.concat(Stream.of(node), others().map(Attendance::node))
                .sorted()
                .toList();
        messages.postMessage("everybody", new People(all, rooms, nodes, linked));
        here.values().stream().map(Person::room).distinct().forEach(room -> {
            List<Person> inRoom =
                    all.stream().filter(person -> person.room().equals(room)).toList();
            messages.postMessage("people/" + room, new People(inRoom, rooms, nodes, linked));
        });
    }

    private Stream<Attendance> others() {
        return everywhere.values().stream()
                .filter(attendance -> !attendance.node().equals(node));
    }
}
