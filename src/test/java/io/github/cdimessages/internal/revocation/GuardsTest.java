package io.github.cdimessages.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.AuthenticationRevokedException;
import io.github.cdimessages.Identity;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardsTest {
    private static final class Session implements Guarded {
        final AtomicInteger unchecked = new AtomicInteger();

        @Override
        public void revoked(AuthenticationRevokedException why) {
            throw new AssertionError(why);
        }

        @Override
        public void unchecked(AuthenticationRevokedException why) {
            unchecked.incrementAndGet();
        }
    }

    private final AtomicBoolean cutOff = new AtomicBoolean(true);
    private final Guards guards = new Guards(new Entries(new NetworkClock(), 1_000_000), cutOff::get);

    @Test
    void whoIsLetInWhenTheNetworkIsBackIsNotEndedByWhatWasBegunBefore() {
        Session before = open("alice");
        assertThat(before.unchecked).as("asked when it opened").hasValue(1);

        cutOff.set(false);
        Session since = open("bob");
        guards.endUnchecked();
        assertThat(since.unchecked).hasValue(0);
        assertThat(before.unchecked).hasValue(1);

        cutOff.set(true);
        guards.endUnchecked();
        assertThat(since.unchecked).hasValue(1);
    }

    @Test
    void whoLogsInWhileItIsBeingFoundOutWhoItIsIsNotForgotten() {
        cutOff.set(false);
        Session session = new Session();
        Guard guard = guards.open(session, null);
        guard.identify(Identity.of("alice"), NetworkClock.now(), Set.of()); // by the first message
        guard.introduce(null, NetworkClock.now(), Set.of()); // by the handshake

        cutOff.set(true);
        guards.endUnchecked();
        assertThat(session.unchecked).hasValue(1);
    }

    private Session open(String user) {
        Session session = new Session();
        guards.open(session, null).identify(Identity.of(user), NetworkClock.now(), Set.of());
        return session;
    }
}
