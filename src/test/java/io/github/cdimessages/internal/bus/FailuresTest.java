package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.Reach;
import io.github.cdimessages.testing.LogFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What went wrong is told, and nothing is left out in silence. */
class FailuresTest {
    private static final int MANY = 10_100;

    private final List<Object> announced = new ArrayList<>();
    private final Failures failures = new Failures(announced::add, Runnable::run);

    @Test
    void aMismatchIsToldAlsoWhenThereAreTooManyToBeRemembered() {
        Logger logger = Logger.getLogger("io.github.cdimessages");
        logger.setUseParentHandlers(false); // thousands of lines that nobody wants to see
        try (LogFixture log = LogFixture.named(logger.getName())) {
            for (int i = 0; i < MANY; i++) {
                failures.wrongType("listener", event("c" + i), new WrongTypeException("on purpose"));
                failures.wrongType("listener", event("c0"), new WrongTypeException("on purpose"));
            }
            assertThat(announced).hasSize(MANY);
            assertThat(failures.count()).isEqualTo(2 * MANY);
            assertThat(log.lines()).as("bounded").hasSizeLessThan(MANY);
        } finally {
            logger.setUseParentHandlers(true);
        }
    }

    private static ChannelEvent event(String channel) {
        return new ChannelEvent(channel, "here", 1, 0, Reach.LOCAL, new LocalContent("hello", new Engine.Text()));
    }
}
