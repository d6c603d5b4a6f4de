package io.github.cdimessages.demo.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The demo: two servers for a person to chat over, or with {@code -Ddemo.check} a check that they can. */
public final class Demo {
    private Demo() {}

    /** Runs until Ctrl-C, or until the check is done; a failure is one line and status 1. */
    public static void main(String... args) throws InterruptedException {
        int status = 1;
        try {
            String check = System.getProperty("demo.check", "false");
            status = check.equals("false") ? play() : check();
        } catch (CannotStart e) {
            System.err.println("demo: " + e.getMessage());
        } catch (CompletionException e) {
            System.err.println("demo: a page of the chat cannot be used: " + e.getCause());
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int check() throws InterruptedException {
        try (Cluster cluster = start(Settings.of(true))) {
            boolean all = new Crossing().run(cluster);
            if (!all) {
                System.err.println("demo: the logs: " + cluster.logs());
            }
            return all ? 0 : 1;
        }
    }

    private static int play() {
        try (Cluster cluster = start(Settings.of(false))) {
            System.out.println();
            cluster.nodes().forEach(node -> System.out.printf("  %-23s  %s%n", node.title(), node.address()));
            System.out.println();
            System.out.println(
                    "Open both, side by side, as Ada and as Bob, and say something. Grace can revoke logins.");
            System.out.println("Ctrl-C stops everything.");
            cluster.onEnd(name ->
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> ended(cluster, name)));
            cluster.awaitEnd();
            if (cluster.isStopping()) {
                return 0;
            }
            throw new CannotStart("both nodes have ended; their logs: " + cluster.logs());
        }
    }

    private static void ended(Cluster cluster, String name) {
        if (!cluster.isStopping()) {
            System.out.println("demo: " + name + " has ended; the others go on");
        }
    }

    private static Cluster start(Settings settings) {
        System.out.println("demo: starting Redis, WildFly and Payara Micro, which takes about half a minute …");
        return Cluster.start(settings);
    }
}
