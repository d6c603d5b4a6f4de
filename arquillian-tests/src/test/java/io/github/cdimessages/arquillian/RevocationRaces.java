package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Users who connect to one node while another revokes their logins. */
final class RevocationRaces {
    private static final int RACES = 1_000;
    private static final int AT_ONCE = 8;
    private static final int UNAUTHORIZED = 401;

    /** Of all; see {@link ServerUnderTest#KEEPS_REQUESTS_APART}. */
    private static final int MOST_LOST = ServerUnderTest.KEEPS_REQUESTS_APART ? 0 : RACES / 50;

    /** Of one. */
    private static final int MOST_AGAIN = Math.min(MOST_LOST, 5);

    private final Remote revoking;
    private final Remote connecting;

    // Mutable state: concurrent
    private final AtomicInteger lost = new AtomicInteger();

    RevocationRaces(Remote revoking, Remote connecting) {
        this.revoking = revoking;
        this.connecting = connecting;
    }

    /** Runs them; each ends by a refusal or a close, and no socket is open after that. */
    void assertNobodySurvives() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<End>> races = new ArrayList<>();
        try {
            for (int i = 0; i < RACES; i++) {
                String user = "racer-" + i;
                races.add(threads.submit(() -> raceToAnEnd(user)));
            }
            Map<End, Integer> ends = new EnumMap<>(End.class);
            for (Future<End> each : races) {
                End end = each.get(10, TimeUnit.MINUTES);
                assertThat(end).isNotEqualTo(End.LOST);
                assertThat(lost).hasValueLessThanOrEqualTo(MOST_LOST);
                ends.merge(end, 1, Integer::sum);
            }
            System.out.println("revoked while connecting: " + ends + ", and " + lost + " were lost");
            connecting.await("open", "0");
        } finally {
            threads.shutdownNow();
        }
    }

    private enum End {
        REFUSED,
        CLOSED,
        /** The server has given no answer, or another's. */
        LOST
    }

    /** Once more with another user if the server is known to lose what clients ask and are told. */
    private End raceToAnEnd(String user) throws Exception {
        End end = race(user);
        for (int again = 1; end == End.LOST && again <= MOST_AGAIN; again++) {
            lost.incrementAndGet();
            end = race(user + "-again-" + again);
        }
        return end;
    }

    private End race(String user) throws Exception {
        Visitor visitor = Visitor.withToken(user, "any"); // which is older than the revocation
        CompletableFuture<Void> revoked = CompletableFuture.runAsync(() -> revoke(user));
        CompletableFuture<Client> connected = visitor.connecting(connecting, "watched");
        revoked.join();
        Client client;
        try {
            client = connected.join();
        } catch (CompletionException e) {
            return withoutHandshake(user, e.getCause());
        }
        try {
            client.awaitEnd(); // by 1008, where that is told (TELLS_WHO_CONNECTS_WHY)
            return End.CLOSED;
        } catch (TimeoutException e) {
            System.out.println(user + " is told nothing");
            return End.LOST;
        }
    }

    private static End withoutHandshake(String user, Throwable problem) {
        if (!(problem instanceof WebSocketHandshakeException)) {
            System.out.println(user + " has no handshake: " + problem);
            return End.LOST;
        }
        HttpResponse<?> answer = ((WebSocketHandshakeException) problem).getResponse();
        if (answer.statusCode() != UNAUTHORIZED) {
            System.out.println(user + " has another's answer: " + answer + answer.headers() + answer.body());
            return End.LOST;
        }
        return End.REFUSED;
    }

    private void revoke(String user) {
        String path = "revoke?user=" + user;
        if (ServerUnderTest.KEEPS_PARAMETERS) {
            revoking.await(path, "GLOBAL");
        } else {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(IllegalStateException.class)
                    .until(() -> revoking.get(path).equals("GLOBAL"));
        }
    }
}
