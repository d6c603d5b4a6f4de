package io.github.cdimessages.demo.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Says a hundred things on each node and sees what the other one's page shows. */
final class Crossing {
    private static final int EACH_WAY = 100;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Long> saidAt = new LinkedHashMap<>();

    /** Prints the result; true if every message arrived once. */
    boolean run(Cluster cluster) throws InterruptedException {
        String room = "check-" + UUID.randomUUID().toString().substring(0, 8);
        try (ChatClient ada = ChatClient.enter(cluster.address("wildfly"), room, "Ada");
                ChatClient bob = ChatClient.enter(cluster.address("payara"), room, "Bob")) {
            for (int i = 1; i <= EACH_WAY; i++) {
                say(ada, "wildfly to payara, " + i);
                say(bob, "payara to wildfly, " + i);
                // one after the other, not in a burst: the median is of messages, not of a queue
                await(PAUSE, ada, bob);
            }
            await(PATIENCE, ada, bob);
            return report(ada, bob);
        }
    }

    private void await(Duration atMost, ChatClient ada, ChatClient bob) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!wrong(ada, bob).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
    }

    private void say(ChatClient from, String id) {
        saidAt.put(id, System.nanoTime());
        from.say(id, "message " + id);
    }

    private boolean report(ChatClient ada, ChatClient bob) {
        List<String> wrong = wrong(ada, bob);
        List<Long> nanos = saidAt.entrySet().stream()
                .filter(said -> times(ada, bob, said.getKey()) > 0)
                .map(said -> other(ada, bob, said.getKey()).heardAt(said.getKey()) - said.getValue())
                .sorted()
                .toList();
        String median = nanos.isEmpty() ? "no" : String.valueOf(Math.round(nanos.get(nanos.size() / 2) / 1e6));
        System.out.println("demo: " + nanos.size() + " of " + saidAt.size() + " messages crossed, median " + median
                + " ms" + (wrong.isEmpty() ? "" : "; " + String.join("; ", wrong)));
        return wrong.isEmpty();
    }

    private List<String> wrong(ChatClient ada, ChatClient bob) {
        List<String> wrong = new ArrayList<>();
        saidAt.keySet().forEach(id -> {
            int times = times(ada, bob, id);
            if (times != 1) {
                wrong.add(id + (times == 0 ? " is missing" : " came " + times + " times"));
            }
        });
        return wrong;
    }

    private static int times(ChatClient ada, ChatClient bob, String id) {
        return other(ada, bob, id).times(id);
    }

    private static ChatClient other(ChatClient ada, ChatClient bob, String id) {
        return id.startsWith("wildfly") ? bob : ada;
    }
}
