package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.internal.redis.nodes.Calls;
import io.github.cdimessages.internal.redis.settings.ChannelNames;
import io.github.cdimessages.internal.redis.settings.RedisSettings;
import io.github.cdimessages.internal.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** What a poster that does not come back leaves behind. */
class LogReaderTest {
    private static final RedisSettings SETTINGS = RedisSettings.read(
                    new Settings(Map.of("messages.redis.uri", "redis://simulated")::get))
            .orElseThrow();
    private static final Duration LIFE = SETTINGS.recovery().keyLives();

    private final SimulatedRedis redis = new SimulatedRedis();
    private final ChannelNames names = new ChannelNames(SETTINGS.prefix());
    private final ConcurrentHashMap<String, String> gaps = new ConcurrentHashMap<>();
    private final Intake intake = new Intake(
            new EnvelopeFormat(1_000),
            new Verifier(names, SETTINGS.signing()),
            new Gaps(),
            Set::of,
            SETTINGS.recovery());
    private final LogReader reader = new LogReader(intake, SETTINGS.recovery());

    @BeforeEach
    void anotherServerHasPostedTwenty() {
        redis.run(Command.HSET, List.of(names.servers(), text("a"), text(String.valueOf(System.currentTimeMillis()))));
        append(20);
        reader.begin(logs());
    }

    @Test
    void aLogThatEndsBeforeWhatWasHeardIsAGap() {
        intake.origins().get("a").hears("c", 30);
        read(Duration.ofSeconds(1));
        assertThat(gaps.get("c")).contains("lost the end of the log");
    }

    @Test
    void aLogThatEndsWhereWhatWasHeardEndsIsNone() {
        read(Duration.ofSeconds(1));
        assertThat(gaps).isEmpty();
    }

    @Test
    void aLogThatHasRunOutIsAGapOnlyForWhoWasCutOffBefore() {
        redis.run(Command.DEL, List.of(names.log("a")));
        read(LIFE.minusSeconds(1));
        assertThat(gaps).isEmpty();
        read(LIFE);
        assertThat(gaps.get("c")).contains("cut off for longer");
    }

    @Test
    void aLogThatIsGoneIsAGapOnceIfItsServerHasPostedSince() {
        redis.run(Command.DEL, List.of(names.log("a")));
        names("20");
        read(Duration.ofSeconds(1));
        assertThat(gaps).isEmpty();
        names("21");
        read(Duration.ofSeconds(1));
        assertThat(gaps.remove("c")).contains("no longer, in its log");
        reader.done();
        read(Duration.ofSeconds(1));
        assertThat(gaps).isEmpty();
    }

    @Test
    void whatTheLogLacksIsAGap() {
        append(21);
        names("22");
        read(Duration.ofSeconds(1));
        assertThat(gaps.get("c")).contains("is not, or no longer");
    }

    @Test
    void whatWasNamedBeforeTheFirstConnectionIsNone() {
        redis.run(Command.DEL, List.of(names.log("a")));
        names("4711");
        LogReader other = new LogReader(intake, SETTINGS.recovery());
        other.begin(logs());
        assertThat(other.read(logs(), Set.of("c"), Duration.ofSeconds(1), () -> true))
                .isTrue();
        assertThat(gaps).isEmpty();
    }

    @Test
    void anEntryThatCanNotBeReadIsAGap() {
        redis.run(
                Command.XADD,
                List.of(names.log("a"), text("MAXLEN"), text("9"), LogEntry.id(21), text("b"), text("?")));
        append(22);
        read(Duration.ofSeconds(1));
        assertThat(gaps.get("c")).contains("entries that it has not written");
    }

    @Test
    void aLogThatGrowsAsFastAsItIsReadIsReadToItsEndOfTheStart() {
        append(21);
        AtomicInteger pages = new AtomicInteger();
        Logs growing = new Logs(
                new SimulatedCalls() {
                    @Override
                    public Object call(Command command, List<byte[]> arguments) {
                        Object reply = super.call(command, arguments);
                        if (command == Command.XRANGE) {
                            append(21 + pages.incrementAndGet());
                        }
                        return reply;
                    }
                },
                names,
                intake.verifier(),
                Logs.PAGE);
        assertThat(reader.read(growing, Set.of("c"), Duration.ofSeconds(1), () -> pages.get() < 100))
                .isTrue();
        assertThat(gaps).isEmpty();
    }

    @Test
    void aLogThatIsTrimmedWhileItIsReadIsAGap() {
        append(21);
        append(22);
        Logs trimmed = new Logs(
                new SimulatedCalls() {
                    @Override
                    public Object call(Command command, List<byte[]> arguments) {
                        if (command == Command.XRANGE) {
                            redis.run(Command.DEL, List.of(names.log("a")));
                            append(25, 25);
                        }
                        return super.call(command, arguments);
                    }
                },
                names,
                intake.verifier(),
                Logs.PAGE);
        assertThat(reader.read(trimmed, Set.of("c"), Duration.ofSeconds(1), () -> true))
                .isTrue();
        assertThat(gaps.get("c")).contains("more, or older, than the log in Redis keeps");
    }

    private void names(String number) {
        String value = System.currentTimeMillis() + " " + number;
        redis.run(Command.HSET, List.of(names.servers(), text("a"), text(value)));
    }

    private void append(long last) {
        append(last, last);
    }

    private void append(long first, long last) {
        byte[] marker = LogEntry.marker(first, false, false);
        redis.run(
                Command.XADD, List.of(names.log("a"), text("MAXLEN"), text("9"), LogEntry.id(last), text("b"), marker));
    }

    private void read(Duration outage) {
        assertThat(reader.read(logs(), Set.of("c"), outage, () -> true)).isTrue();
    }

    private Logs logs() {
        return new Logs(new SimulatedCalls(), names, intake.verifier(), Logs.PAGE);
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private class SimulatedCalls implements Calls {
        @Override
        public void send(Command command, List<byte[]> arguments) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object call(Command command, List<byte[]> arguments) {
            return redis.run(command, arguments);
        }
    }

    private final class Gaps extends SilentReceiver {
        @Override
        public void gap(String channel, String origin, long missed, String cause) {
            gaps.merge(channel, cause, (first, second) -> first + "; " + second);
        }
    }
}
