package io.github.cdimessages.demo.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A Redis, and WildFly and Payara with the chat on them; closing it ends them all. */
public final class Cluster implements AutoCloseable {
    private final Processes processes = new Processes();
    private final Thread stopper = new Thread(this::stop, "demo-stopper");

    // Mutable state: of the thread that has this object
    private Path work = Path.of("");
    private Redis redis;
    private List<Node> nodes = List.of();

    private Cluster() {
        // Ctrl-C, SIGTERM and System.exit alike; registered before there is anything to stop
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /** Starts all of it and waits until both pages answer. */
    public static Cluster start(Settings settings) {
        Cluster cluster = new Cluster();
        try {
            cluster.startAll(settings);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The address of a node's page. */
    public URI address(String node) {
        return node(node).address();
    }

    /** The folders with the logs, for a failure's report. */
    public String logs() {
        return String.join(
                ", ", nodes.stream().map(node -> node.log().toString()).toList());
    }

    /** Kills a node as a power failure does. */
    public void kill(String node) {
        node(node).process().destroyForcibly().onExit().join();
    }

    /** Takes Redis away. */
    public void stopRedis() {
        redis.process().destroy();
        redis.process().onExit().join();
    }

    /** Brings Redis back where it was. */
    public void startRedis() {
        redis = Redis.start(processes, work, redis.port());
    }

    /** Calls back with the name of each process that ends by itself. */
    void onEnd(Consumer<String> action) {
        redis.process().onExit().thenRun(() -> action.accept("Redis"));
        nodes.forEach(node -> node.process().onExit().thenRun(() -> action.accept(node.title())));
    }

    /** Waits until no node is left. */
    void awaitEnd() {
        CompletableFuture.allOf(
                        nodes.stream().map(node -> node.process().onExit()).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** Whether it is being stopped, so that a process that ends is no news. */
    boolean isStopping() {
        return processes.isClosed();
    }

    @Override
    public void close() {
        processes.close();
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // the hook is at work already
        }
    }

    private void stop() {
        processes.close();
        System.out.println("demo: stopped; nothing is left running");
    }

    private void startAll(Settings settings) {
        work = settings.work();
        redis = Redis.start(processes, work, Ports.free());
        nodes = IntStream.range(0, settings.servers().size())
                .mapToObj(i -> Node.start(
                        processes,
                        settings,
                        settings.servers().get(i),
                        settings.ports().get(i),
                        redis.uri()))
                .toList();
        nodes.forEach(Node::awaitPage);
    }

    /** The nodes, in the order of their ports. */
    List<Node> nodes() {
        return nodes;
    }

    private Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no node '" + name + "', but "
                        + nodes.stream().map(Node::name).toList()));
    }
}
