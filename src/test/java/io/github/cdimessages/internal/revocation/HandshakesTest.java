package io.github.cdimessages.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.internal.revocation.Handshakes.Handshake;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which login a WebSocket session gets of those that one user has at the same time. */
class HandshakesTest {
    private static final int ROUNDS = 5_000;

    private final Handshakes handshakes = new Handshakes();

    @Test
    void simultaneousHandshakesOfOneUserAreNeverSwappedWhereThePrincipalIsHandedOn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier both = new CyclicBarrier(2);
        try {
            Future<?> phone = threads.submit(() -> connectAgainAndAgain("phone", both));
            Future<?> desk = threads.submit(() -> connectAgainAndAgain("desk", both));
            phone.get(60, TimeUnit.SECONDS);
            desk.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(handshakes.count()).isZero();
    }

    @Test
    void whereOnlyTheNameIsHandedOnEverySessionHasItsOwnLoginAmongThoseThatItMayBe() {
        inAnyOrder(principal -> new User(principal.getName()));
    }

    @Test
    void whereLoginsShareAPrincipalEverySessionHasItsOwnAmongThoseThatItMayBe() {
        Principal shared = new User("alice");
        inAnyOrder(principal -> shared);
    }

    @Test
    void oneAfterTheOtherNothingIsInDoubt() {
        for (int i = 0; i < ROUNDS; i++) {
            String id = "login-" + i;
            handshakes.begin(new User("alice"), login(id, i));
            assertThat(handshakes.claim(new User("alice"))).isEqualTo(new Handshake(i, Set.of(id)));
        }
        assertThat(handshakes.count()).isZero();
    }

    @Test
    void whatBecameNoSessionIsForgotten() {
        Handshakes.Pending failed = handshakes.begin(new User("alice"), login("phone", 1));
        handshakes.begin(new User("alice"), login("desk", 2));
        handshakes.failed(failed);
        assertThat(handshakes.claim(new User("alice"))).isEqualTo(new Handshake(2, Set.of("desk")));
        assertThat(handshakes.claim(new User("alice"))).isNull();
    }

    @Test
    void anotherUsersHandshakeIsNoOnesAndWhatIsTooMuchIsForgotten() {
        User first = new User("first");
        handshakes.begin(first, login("phone", 1));
        assertThat(handshakes.claim(new User("bob"))).isNull();
        for (int i = 0; i < 10_000; i++) {
            handshakes.begin(new User("user-" + i), login("desk", i));
        }
        assertThat(handshakes.count()).isEqualTo(10_000);
        assertThat(handshakes.claim(first)).isNull();
    }

    private void connectAgainAndAgain(String authId, CyclicBarrier both) {
        for (int i = 0; i < ROUNDS; i++) {
            User user = new User("alice");
            await(both);
            handshakes.begin(user, login(authId, i));
            await(both);
            assertThat(handshakes.claim(user)).isEqualTo(new Handshake(i, Set.of(authId)));
        }
    }

    /** Up to five logins of one user connect, and their sessions come, in an order by lot. */
    private void inAnyOrder(UnaryOperator<Principal> handedOn) {
        Random lots = new Random(17);
        List<Login> waiting = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Login login = login("login-" + i, i);
            handshakes.begin(handedOn.apply(new User("alice")), login);
            waiting.add(login);
            Collections.shuffle(waiting, lots);
            while (waiting.size() > lots.nextInt(5)) {
                assertHas(waiting.remove(waiting.size() - 1), handedOn);
            }
        }
        waiting.forEach(login -> assertHas(login, handedOn));
        assertThat(handshakes.count()).as("left behind").isZero();
    }

    private void assertHas(Login own, UnaryOperator<Principal> handedOn) {
        Handshake found = handshakes.claim(handedOn.apply(new User("alice")));
        assertThat(found).isNotNull();
        assertThat(found.authIds()).containsAll(own.authIds());
        assertThat(found.at()).isLessThanOrEqualTo(own.at());
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Login login(String authId, long at) {
        return new Login("alice", Set.of(authId), at, scope -> false);
    }

    /** Not a record: the same name is not the same object, though it is equal. */
    private static final class User implements Principal {
        private final String name;

        User(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof User user && user.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
