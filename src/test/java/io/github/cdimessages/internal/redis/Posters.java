package io.github.cdimessages.internal.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimessages.PostInDoubtException;
import io.github.cdimessages.spi.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Threads that post to the channel "busy", each its own numbers, and what became of that. */
final class Posters implements AutoCloseable {
    private final Node node;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> answers = new ConcurrentLinkedQueue<>();
    /** Posts at a time, so that posting takes longer than a reconnection. */
    private final Semaphore underWay = new Semaphore(400);

    Posters(Node node, int count, int each) {
        this.node = node;
        for (int i = 0; i < count; i++) {
            String poster = i + ".";
            Thread thread = new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    post(poster + n);
                }
            });
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    boolean areBusy() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** What Redis has accepted so far. */
    Set<String> accepted() {
        return accepted;
    }

    /** Waits for all posts, and then for all that was accepted: once, and each poster's in order. */
    void assertAllHeard(Node listener) throws Exception {
        assertThat(assertOrderOf(listener)).as("accepted and not heard").isEmpty();
    }

    /**
     * Waits for all posts, and then for the end of what is heard of them: once, and each poster's in order; gives what
     * was accepted and not heard.
     */
    Set<String> assertOrderOf(Node listener) throws Exception {
        awaitAnswers();
        Set<String> missing = new HashSet<>(accepted);
        Map<String, Integer> last = new HashMap<>();
        postSurely(node, "busy", "end");
        for (String json = next(listener); !json.equals("end"); json = next(listener)) {
            take(json, last);
            missing.remove(json);
        }
        return missing;
    }

    /** Posts until a server hears it live, and so has recovered all that it will. */
    static void postUntilHeard(Node node, Node listener, String json) {
        await().until(() -> {
            node.post("busy", json).get(30, SECONDS);
            return listener.hasHeard(json);
        });
    }

    static void awaitEnd(Node listener) throws InterruptedException {
        assertThat(next(listener)).isEqualTo("end");
    }

    @Override
    public void close() {
        await().until(() -> !areBusy());
    }

    private void awaitAnswers() throws Exception {
        close();
        for (CompletableFuture<Void> answer : answers) {
            answer.get(60, SECONDS);
        }
    }

    /** The link may break once more: what is in doubt then is posted anew, as a duplicate does no harm here. */
    static void postSurely(Node node, String channel, String json) throws Exception {
        CompletableFuture<Void> post = node.post(channel, json);
        while (post.handle((done, problem) -> problem instanceof PostInDoubtException)
                .get(30, SECONDS)) {
            post = node.post(channel, json);
        }
        post.get(30, SECONDS);
    }

    private void post(String json) {
        underWay.acquireUninterruptibly();
        answers.add(node.post("busy", json).handle((done, problem) -> {
            underWay.release();
            if (problem == null) {
                accepted.add(json);
            } else {
                assertThat(problem).isInstanceOf(PostInDoubtException.class);
            }
            return null;
        }));
    }

    private static void take(String json, Map<String, Integer> last) {
        int dot = json.indexOf('.');
        int number = Integer.parseInt(json.substring(dot + 1));
        Integer before = last.put(json.substring(0, dot), number);
        assertThat(before == null || before < number)
                .as("%s comes after %s of the same poster", json, before)
                .isTrue();
    }

    private static String next(Node listener) throws InterruptedException {
        Envelope envelope = listener.received.poll(60, SECONDS);
        assertThat(envelope).as("the next message").isNotNull();
        return envelope.json();
    }
}
