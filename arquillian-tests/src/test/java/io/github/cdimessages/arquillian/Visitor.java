package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** Somebody who logs in, by a header of each request or by a cookie. */
final class Visitor {
    private final HttpClient http;
    private final String authorization;

    private Visitor(HttpClient http, String authorization) {
        this.http = http;
        this.authorization = authorization;
    }

    /** With the password in each request, and without cookies. */
    static Visitor withPassword(String user) {
        return new Visitor(Remote.CLIENT, basic(user));
    }

    /** In a browser. */
    static Visitor withCookies() {
        return new Visitor(browser(), "");
    }

    /** With the password in each request, in a browser. */
    static Visitor withPasswordAndCookies(String user) {
        return new Visitor(browser(), basic(user));
    }

    /** With a token that is issued now. */
    static Visitor withToken(String user, String id) {
        return new Visitor(
                Remote.CLIENT,
                "Bearer " + user + '/' + id + '/' + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    /** In a browser, by the form of an application. */
    static Visitor loggedIn(Remote application, String user) {
        Visitor visitor = submitted(application, user);
        assertThat(visitor.get(application, "who").body()).isEqualTo(user);
        return visitor;
    }

    /** In a browser that has sent the form of an application, and has not asked for a page since. */
    static Visitor submitted(Remote application, String user) {
        Visitor visitor = withCookies();
        assertThat(visitor.get(application, "who").body()).isEqualTo("please log in");
        visitor.submit(application, user, user);
        return visitor;
    }

    /** Sends the form of an application, and does not follow where that leads to. */
    void submit(Remote application, String user, String password) {
        new Visitor(browser(cookies(), Redirect.NEVER), "")
                .send(HttpRequest.newBuilder(application.base().resolve("j_security_check"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("j_username=" + user + "&j_password=" + password)));
    }

    /** Another browser with the cookies of this one, but for that of the HTTP session. */
    Visitor withoutSession(Remote application) {
        Visitor other = withCookies();
        for (HttpCookie each : cookies().getCookieStore().getCookies()) {
            if (!each.getName().equals("JSESSIONID")) {
                other.cookies().getCookieStore().add(application.base(), each);
            }
        }
        return other;
    }

    HttpResponse<String> get(Remote application, String path) {
        return send(HttpRequest.newBuilder(application.base().resolve(path)));
    }

    HttpResponse<String> post(Remote application, String path) {
        return send(HttpRequest.newBuilder(application.base().resolve(path)).POST(BodyPublishers.noBody()));
    }

    /** Connects, and waits until the endpoint has told the user's name. */
    Client connect(Remote application, String path, String user) {
        Client client = connecting(application, path).join();
        client.awaitTexts(1);
        assertThat(client.texts()).containsExactly(user);
        return client;
    }

    CompletableFuture<Client> connecting(Remote application, String path) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        return Client.begin(
                authorization.isEmpty() ? builder : builder.header("Authorization", authorization),
                application.socket(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return Remote.send(
                    http, (authorization.isEmpty() ? request : request.header("Authorization", authorization)).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CookieManager cookies() {
        return (CookieManager) http.cookieHandler().orElseThrow();
    }

    private static HttpClient browser() {
        return browser(new CookieManager(), Redirect.NORMAL);
    }

    private static HttpClient browser(CookieManager cookies, Redirect redirects) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .followRedirects(redirects)
                .build();
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + user).getBytes(UTF_8));
    }
}
