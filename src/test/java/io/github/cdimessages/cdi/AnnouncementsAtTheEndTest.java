package io.github.cdimessages.cdi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.internal.bus.ApplicationEnding;
import io.github.cdimessages.testing.LogFixture;
import io.github.cdimessages.testing.Node;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Observers of announcements while the application ends. */
@Timeout(120)
class AnnouncementsAtTheEndTest {
    @ApplicationScoped
    static class Diary {
        // Mutable state: concurrent
        private final List<String> users = new CopyOnWriteArrayList<>();

        /** Returns the list itself, which is read after the end. */
        List<String> write(String user) {
            if (!user.isEmpty()) {
                users.add(user);
            }
            return users;
        }
    }

    @Singleton
    static class Observer {
        @Inject
        private Diary diary;

        final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch ending = new CountDownLatch(1);

        void revoked(@Observes AuthenticationRevoked event) throws InterruptedException {
            called.countDown();
            assertThat(ending.await(60, SECONDS)).isTrue();
            diary.write(event.userIdentifier());
        }

        void ending(@Observes @Priority(ApplicationEnding.TRANSPORT) ApplicationEnding event) {
            ending.countDown();
        }
    }

    @Test
    void theOneUnderWayIsWaitedFor() throws Exception {
        List<String> users;
        Node node = Node.with(Observer.class, Diary.class);
        try (LogFixture log = LogFixture.named("io.github.cdimessages")) {
            try (node) {
                users = node.get(Diary.class).write("");
                node.messages().revokeAuthentication("alice", Revocation.user());
                assertThat(node.get(Observer.class).called.await(60, SECONDS)).isTrue();
            }
            assertThat(users).containsExactly("alice");
            assertThat(log.lines()).isEmpty();
        }
    }
}
