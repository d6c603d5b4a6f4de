package io.github.cdimessages.arquillian;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What goes on in the demo's chat while it is used: pages are open and people say things, other servers tell what was
 * said there, and the list of what happened is asked for.
 */
final class Traffic implements AutoCloseable {
    private static final int PAGES = 6;
    private static final int SILENT = PAGES - 1;
    private static final int ENOUGH = 20;
    private static final int PAUSE_MILLIS = 5;

    /** Who has logged in by it stays so, also in a socket. */
    private static final HttpClient BROWSER = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.NORMAL)
            .build();

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
    private final AtomicInteger said = new AtomicInteger();
    private final List<Client> pages;
    private final Remote chat;
    private final String redis;

    Traffic(Remote chat, String redis) {
        this.chat = chat;
        this.redis = redis;
        ask("");
        post("j_security_check", "j_username=Ada&j_password=ada");
        pages = Stream.generate(() -> Client.begin(BROWSER.newWebSocketBuilder(), chat.socket("chat/room"))
                        .join())
                .limit(PAGES)
                .toList();
        begin(this::say);
        begin(this::hearFromElsewhere);
        begin(() -> ask("api/activity"));
    }

    /** Waits until each page has shown what was said on it, and what was said elsewhere. */
    void awaitFlow() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(pages)
                        .allMatch(page -> shown(page, "on-page") >= ENOUGH && shown(page, "elsewhere") >= ENOUGH));
    }

    /**
     * Waits until each page's socket has ended, and gives how many were not told. What a page says may find no
     * connection any more, or let Payara lose what it is told; one says nothing.
     */
    int awaitEnds() throws Exception {
        int untold = 0;
        for (Client page : pages) {
            try {
                page.awaitEnd();
            } catch (TimeoutException e) {
                untold++;
            }
        }
        assertThat(pages.get(SILENT).awaitClose()).isEqualTo(Client.GOING_AWAY);
        return untold;
    }

    @Override
    public void close() {
        threads.shutdown();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(threads::isTerminated);
    }

    private void say() {
        int number = said.incrementAndGet();
        pages.get(number % SILENT).send("{\"id\":\"on-page-" + number + "\",\"text\":\"hello\",\"sentAt\":0}");
    }

    private void hearFromElsewhere() {
        int number = said.incrementAndGet();
        String message = "{\"id\":\"elsewhere-" + number
                + "\",\"name\":\"Bob\",\"text\":\"hello\",\"node\":\"elsewhere\",\"sentAt\":0}";
        RawRedis.publish(redis, "chat/room", RawRedis.envelope(number, "chat.message", message));
    }

    private void ask(String path) {
        send(HttpRequest.newBuilder(chat.base().resolve(path)));
    }

    private void post(String path, String form) {
        send(HttpRequest.newBuilder(chat.base().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static void send(HttpRequest.Builder request) {
        Remote.begin(BROWSER, request.build(), BodyHandlers.discarding(), Duration.ofSeconds(30))
                .join();
    }

    /** Goes on when it fails, as it does once the application is gone. */
    private void begin(Runnable traffic) {
        threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        traffic.run();
                    } catch (RuntimeException e) {
                        // nobody answers
                    }
                },
                0,
                PAUSE_MILLIS,
                MILLISECONDS);
    }

    private static long shown(Client page, String id) {
        return page.texts().stream().filter(text -> text.contains(id)).count();
    }
}
