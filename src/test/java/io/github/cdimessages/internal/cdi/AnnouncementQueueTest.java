package io.github.cdimessages.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.AuthenticationRevoked;
import io.github.cdimessages.ChannelGap;
import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.InboxOverflow;
import io.github.cdimessages.MessagesException;
import io.github.cdimessages.Revocation;
import io.github.cdimessages.TransportLost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept for observers that are slow. */
class AnnouncementQueueTest {
    private final AnnouncementQueue queue = new AnnouncementQueue(3);
    private final MessagesException problem = new MessagesException("provoked");

    @Test
    void aFloodOfFailuresPushesOutNoOtherNews() {
        for (int i = 0; i < 10; i++) {
            queue.add(failure("text " + i));
        }
        TransportLost lost = new TransportLost(Instant.EPOCH, "provoked");
        queue.add(lost);
        queue.add(gap("orders", "a"));
        assertThat(all())
                .containsExactly(lost, gap("orders", "a"), failure("text 0"), failure("text 1"), failure("text 2"));
        assertThat(queue.takeDropped()).isEqualTo(7);
        assertThat(queue.takeDropped()).isZero();
    }

    @Test
    void aFloodOfOtherNewsPushesOutNoRevocation() {
        TransportLost lost = new TransportLost(Instant.EPOCH, "provoked");
        AuthenticationRevoked revoked = new AuthenticationRevoked("alice", Revocation.user());
        for (int i = 0; i < 10; i++) {
            queue.add(lost);
        }
        queue.add(revoked);
        assertThat(all()).containsExactly(revoked, lost, lost, lost);
    }

    @Test
    void ofGapsNoneIsDroppedAndThoseOfOneChannelBecomeOne() {
        for (int i = 0; i < 3; i++) {
            queue.add(gap("early " + i, "a"));
        }
        for (int i = 0; i < 1_000; i++) {
            queue.add(gap("orders", "a"));
            queue.add(gap("prices", "origin " + i));
        }
        assertThat(all().subList(3, 5)).containsExactly(gap("orders", "a"), gap("prices", ""));
        assertThat(queue.takeDropped()).isZero();
    }

    @Test
    void ofDropsNoneIsForgottenAndTheyPushOutNoOtherNews() {
        for (int i = 0; i < 1_000; i++) {
            queue.add(new InboxOverflow("orders", 1));
            queue.add(new InboxOverflow("prices", 2));
        }
        TransportLost lost = new TransportLost(Instant.EPOCH, "provoked");
        queue.add(lost);
        assertThat(all()).containsExactly(lost, new InboxOverflow("orders", 1_000), new InboxOverflow("prices", 2_000));
        assertThat(queue.takeDropped()).isZero();
    }

    @Test
    void theTextsOfFailuresAreBoundedTogether() {
        AnnouncementQueue large = new AnnouncementQueue(1_000);
        DeliveryFailure big = failure("x".repeat(5 << 20));
        for (int i = 0; i < 10; i++) {
            large.add(big);
        }
        assertThat(large.takeDropped()).isEqualTo(7);
        assertThat(large.poll()).isEqualTo(big);
        large.add(big);
        assertThat(large.takeDropped()).as("there is room again").isZero();
    }

    private List<Object> all() {
        List<Object> all = new ArrayList<>();
        for (Object event = queue.poll(); event != null; event = queue.poll()) {
            all.add(event);
        }
        return all;
    }

    private static ChannelGap gap(String channel, String origin) {
        return new ChannelGap(channel, origin, -1, "provoked");
    }

    private DeliveryFailure failure(String json) {
        return new DeliveryFailure("orders", null, null, json, problem);
    }
}
