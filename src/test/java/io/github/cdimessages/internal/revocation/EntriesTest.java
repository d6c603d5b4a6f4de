package io.github.cdimessages.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.Revocation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EntriesTest {
    private static final long HOUR = TimeUnit.HOURS.toMicros(1);

    private final NetworkClock clock = new NetworkClock();
    private final Entries entries = new Entries(clock, HOUR);

    @Test
    void whoIsRevokedAgainAndAgainTakesRoomOnce() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(entries.add(entry("user-" + i, Revocation.user(), 10 + i)))
                    .isTrue();
        }
        assertThat(entries.count("alice")).isEqualTo(1);
        assertThat(entries.end(login(1_009))).isTrue();
        assertThat(entries.end(login(1_010))).isFalse();
    }

    @Test
    void oneRevocationTakesTheRoomOnlyOfWhatItEndsToo() {
        entries.add(entry("1", Revocation.authId("phone"), 10));
        entries.add(entry("2", Revocation.authId("desk"), 20));
        entries.add(entry("3", Revocation.scopes("editor"), 30));
        assertThat(entries.count("alice")).isEqualTo(3);

        entries.add(entry("4", Revocation.user(), 5));
        assertThat(entries.count("alice")).as("it is older").isEqualTo(4);
        assertThat(entries.add(entry("1", Revocation.authId("phone"), 10)))
                .as("news")
                .isFalse();

        entries.add(entry("5", Revocation.user(), 30));
        assertThat(entries.count("alice")).isEqualTo(1);
        assertThat(entries.end(login(30))).isTrue();
        assertThat(entries.end(login(31))).isFalse();
    }

    @Test
    void aLoginThatMayBeEveryOneIsEndedByAnyName() {
        entries.add(entry("1", Revocation.authId("phone"), 10));
        assertThat(entries.end(new Login("alice", Set.of(Login.ANY), 10, scope -> false)))
                .isTrue();
        assertThat(entries.end(new Login("alice", Set.of("desk"), 10, scope -> false)))
                .isFalse();
        assertThat(entries.end(login(10))).as("one without a name").isFalse();
    }

    @Test
    void whatWasHeardBeforeTheNetworksTimeWasKnownIsLookedAtOnceMore() {
        entries.add(entry("1", Revocation.user(), clock.latestHere(500)));
        Login made = login(800); // by a clock that is 400 ahead
        assertThat(entries.end(made)).isFalse();
        assertThat(entries.correct(entry("1", Revocation.user(), clock.latestHere(500))))
                .isFalse();

        clock.asked(1_400, 1_000, 1_400);

        Entry corrected = entry("1", Revocation.user(), clock.latestHere(500));
        assertThat(entries.correct(corrected)).isTrue();
        assertThat(entries.correct(corrected)).as("again").isFalse();
        assertThat(entries.end(made)).isTrue();
        assertThat(entries.count("alice")).isEqualTo(1);
    }

    @Test
    void aRedisWithAnotherClockThatTakesOverLetsNobodyInAgain() {
        clock.asked(1_000, 1_000, 1_000);
        entries.add(entry("1", Revocation.user(), clock.latestHere(900)));
        clock.asked(1_001, 5_000_000, 1_001);
        assertThat(entries.end(login(900))).isTrue();
        assertThat(entries.end(login(901))).isFalse();
    }

    @Test
    void aRevocationThatClaimsToComeFromTheFutureIsFromNow() {
        long before = NetworkClock.now();
        Entry entry = new Notice("1", "alice", "user", List.of(), Long.MAX_VALUE).entry(clock);
        assertThat(entry.at()).isBetween(before, NetworkClock.now());
    }

    private static Entry entry(String id, Revocation revocation, long at) {
        return new Entry(id, "alice", revocation, at);
    }

    private static Login login(long at) {
        return new Login("alice", Set.of(), at, scope -> false);
    }
}
