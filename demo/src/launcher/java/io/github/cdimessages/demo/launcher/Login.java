package io.github.cdimessages.demo.launcher;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A browser's memory without a browser: who has logged in by the page stays so. */
public final class Login {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI page;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();

    private Login(URI page) {
        this.page = page;
    }

    /** Logs in somebody whom the demo knows. */
    public static Login as(URI page, String name) {
        Login login = none(page);
        HttpResponse<String> answer = login.submit(name, name.toLowerCase(Locale.ROOT));
        if (answer.statusCode() != 200 || isForm(answer)) {
            throw new CannotStart(page + " lets " + name + " not in: " + answer.statusCode());
        }
        return login;
    }

    /** Nobody, who is sent to the login. */
    public static Login none(URI page) {
        return new Login(page);
    }

    /** Asks for the chat, fills in the form that comes instead, and gives what comes then. */
    public HttpResponse<String> submit(String name, String password) {
        get("");
        return send(HttpRequest.newBuilder(page.resolve("j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=" + name + "&j_password=" + password)));
    }

    /** Logs out. */
    public void end() {
        send(HttpRequest.newBuilder(page.resolve("api/login")).DELETE());
    }

    /** Opens a WebSocket and closes it again. */
    public void connect(String path) {
        open(path, new WebSocket.Listener() {}).abort();
    }

    WebSocket open(String path, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create(page.resolve(path).toString().replaceFirst("^http", "ws")), listener)
                .join();
    }

    /** Asks for something of the demo, by its address relative to the page. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(page.resolve(path)));
    }

    /** What the server knows it by. */
    public String session() {
        return cookies.getCookieStore().get(page).toString();
    }

    /** Whether an answer is the page that asks who it is. */
    public static boolean isForm(HttpResponse<String> answer) {
        return answer.body().contains("j_security_check");
    }

    /** Not by the request's own time-out: in JDK 17, after a redirection, that ends what has its connection by then. */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CannotStart(page + " does not answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CannotStart(page + " does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while it was logging in", e);
        } finally {
            answer.cancel(true); // if there is none
        }
    }
}
